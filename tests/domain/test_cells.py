"""One cell with everything behind it, as the domain tells it."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.domain import editing
from negotiations.domain.asking import Unanswerable
from negotiations.domain.cells import get_cell
from negotiations.domain.permissions import Act, Forbidden, Hidden
from negotiations.domain.stances import Item
from tests import factories as make
from tests.stories import record


def cell(by, party="germany", number=2, to=Act.VIEW, **asked):
    return get_cell("paris", party, number, by=by, to=to, asked=asked.get)


def test_a_cell_without_a_stance_is_unknown_and_has_version_nought(world, reader):
    found = cell(reader)
    assert (found.version, found.current, found.history) == (0, None, ())
    assert (found.standing.code, found.standing.seq) == ("unknown", None)


def test_the_history_tells_what_each_record_followed_and_what_replaced_it(world, analyst, reader):
    record(world, world.germany, world.force, by=analyst, code="supports", evidence=[world.send])
    record(world, world.germany, world.force, by=analyst, code="opposes", evidence=[world.send])
    record(world, world.germany, world.force, by=analyst, cause="withdrawn", replaces=2, code="", why="Wrong party.")
    record(world, world.germany, world.force, by=analyst, code="neutral", evidence=[world.send])
    found = cell(reader)
    told = [(r.seq, r.code, r.before, r.replaces, r.replaced_by) for r in found.history]
    assert told == [
        (4, "neutral", "opposes", None, None),
        (3, "", "opposes", 2, None),
        (2, "opposes", "supports", None, 3),
        (1, "supports", "", None, None),
    ]
    assert [record.seq for record in found.standing_records] == [4, 1], "what a new stance may replace"
    assert found.current is not None and found.current.seq == 4
    assert found.history[1].why == "Wrong party."


def test_each_record_carries_its_own_evidence_dependences_and_author(world, analyst, second_analyst, reader):
    record(world, world.germany, world.force, by=analyst, evidence=[world.send], depends_on=(world.france.pk,))
    record(world, world.germany, world.force, by=second_analyst, evidence=[world.neighbours],
           contradicted_by=[world.unacceptable])  # fmt: skip
    second, first = cell(reader).history
    assert [proof.quote.exact for proof in first.evidence] == ["we will send them"]
    assert [(bearing.value, len(proofs)) for bearing, proofs in second.by_bearing] == [
        ("supports", 1),
        ("contradicts", 1),
    ]
    assert [party.slug for party in first.depends_on] == ["france"] and second.depends_on == ()
    assert (first.by, second.by) == ("Anna Analyst", "Anton Analyst")
    assert first.revision < second.revision and first.at <= second.at


def test_the_evidence_proposes_a_confidence_which_nobody_has_to_follow(world, analyst, reader):
    record(world, world.germany, world.force, by=analyst, confidence="high", evidence=[world.send, world.neighbours])
    assert cell(reader).current.proposed == "low", "no claim is graded"
    make.ClaimGradingFactory(quote=world.send, credibility=2)
    assert cell(reader).current.proposed == "moderate"
    make.ClaimGradingFactory(quote=world.neighbours, credibility=1)
    assert cell(reader).current.proposed == "moderate", "two quotes, but one origin"
    make.SourceGradingFactory(source=world.source, status="retracted")
    assert cell(reader).current.proposed == "low", "what is not accepted counts for nothing"
    assert cell(reader).current.confidence == "high", "what was judged stays as it was judged"


def test_the_cell_of_a_past_day_has_that_days_stance_and_the_whole_history(world, analyst, reader):
    record(world, world.germany, world.force, by=analyst, evidence=[world.send])
    record(world, world.germany, world.force, by=analyst, code="rejects", cause="learned", held_from=date(2025, 3, 1),
           evidence=[world.send])  # fmt: skip
    past = cell(reader, as_of="2025-06-01")
    assert (past.is_past, past.current.seq, past.standing.code) == (True, 2, "rejects")
    assert len(past.history) == 2
    assert cell(reader, as_of="2024-06-01").current is None


def test_only_today_is_edited_and_only_by_analysts(world, analyst, reader):
    assert cell(analyst).may_edit
    assert not cell(analyst, as_of="2025-06-01").may_edit
    assert not cell(reader).may_edit
    with pytest.raises(Forbidden, match="Only analysts of this negotiation"):
        cell(reader, to=Act.EDIT)


@pytest.mark.parametrize(("party", "number"), [("atlantis", 2), ("germany", 3), ("germany", 2**63), ("", 0)])
def test_what_is_not_there_is_hidden(party, number, world, reader):
    with pytest.raises(Hidden):
        cell(reader, party, number)


def test_a_cell_of_another_negotiation_is_not_found_here(world, reader):
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    make.PartyFactory(negotiation=elsewhere, slug="atlantis")
    make.PriorityFactory(negotiation=elsewhere, number=7)
    for party, number in (("atlantis", 2), ("germany", 7), ("atlantis", 7)):
        with pytest.raises(Hidden):
            cell(reader, party, number)


def test_a_day_to_come_is_not_answered(world, reader):
    with pytest.raises(Unanswerable):
        cell(reader, as_of="2999-01-01")


def test_neighbours_are_those_of_whom_something_is_known_in_the_order_of_the_board(world, analyst, reader):
    assert cell(reader).neighbours == ()
    record(world, world.russia, world.force, by=analyst, code="rejects", red_line=True, evidence=[world.unacceptable])
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    record(world, world.france, world.monitoring, by=analyst, evidence=[world.send])
    assert [(n.slug, n.code, n.red_line) for n in cell(reader).neighbours] == [
        ("france", "supports", False),
        ("russia", "rejects", True),
    ]


def test_the_form_proposes_a_confidence_for_the_evidence_that_is_chosen_in_it(world, analyst):
    make.ClaimGradingFactory(quote=world.send, credibility=2)
    here = cell(analyst)
    offered = editing.choices(here, chosen=[world.send.pk])
    assert offered.proposed([Item("supports", quote=world.send.pk)]) == "moderate"
    assert offered.proposed([Item("context", quote=world.send.pk)]) == "low", "only what supports the judgement counts"
    assert offered.proposed([]) == "low"
