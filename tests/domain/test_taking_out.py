"""Undoing that a party, a person, a meeting… was added: it is out everywhere; undo that, and it is there again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from negotiations.domain import (
    boards,
    citing,
    commitments,
    contradiction_acts,
    contradictions,
    gradings,
    histories,
    instruments,
    intakes,
    jumps,
    log_filters,
    meetings,
    parties,
    people,
    priorities,
    question_acts,
    records,
    things,
    undoing,
    watches,
)
from negotiations.domain.cells import get_cell
from negotiations.domain.contradiction_drafts import Details, Draft, Side
from negotiations.domain.entries import get_entry
from negotiations.domain.negotiation_cards import get_entrance
from negotiations.domain.permissions import Act, Forbidden, Hidden
from negotiations.domain.places import Place
from negotiations.domain.stances import Invalid
from negotiations.forms.choosing import Related
from negotiations.models import (
    Attendance,
    Beneficiary,
    Commitment,
    CommitmentEvent,
    Instrument,
    Meeting,
    Outlet,
    Party,
    Person,
    Position,
    Priority,
    Removal,
    SearchEntry,
    Source,
)
from tests.domain.test_undoing import newest, stopped_by, undo
from tests.stories import record
from tests.worlds import World

# Rows that are born in one transaction with their negotiation are not logged one by one.
pytestmark = pytest.mark.django_db(transaction=True)


def added(world: World, by: object) -> dict[str, Any]:
    """One more of each noun, each by an act of its own."""
    talks = {"negotiation": world.negotiation}
    rows: dict[str, Any] = {
        "priority": Priority(number=7, name="Prisoners", **talks),
        "party": Party(slug="latvia", name="Latvia", order=9, **talks),
        "person": Person(slug="envoy", name="The Envoy", party=world.france, **talks),
        "meeting": Meeting(slug="second", name="Second talks", kind="summit", starts_on=date(2026, 1, 7), **talks),
        "instrument": Instrument(slug="accord", name="The accord", kind="plan", **talks),
        "commitment": Commitment(slug="training", text="Train them.", party=world.germany, **talks),
        "outlet": Outlet(slug="herald", name="The Herald", **talks),
    }
    for row in rows.values():
        records.save(row, by=by)
        row.added = newest(world)
    return rows


def keys(rows: Iterable[Any]) -> set[object]:
    return {getattr(row, "number", None) or row.slug for row in rows}


# What lists each noun, by its slug or number, at the moment that is asked for.
LISTS: dict[str, Callable[..., set[object]]] = {
    "priority": lambda **asked: keys(line.priority for line in priorities.list_priorities("paris", **asked).agenda),
    "party": lambda **asked: keys(parties.list_parties("paris", **asked).parties),
    "person": lambda **asked: keys(people.list_people("paris", **asked).page),
    "meeting": lambda **asked: keys(meetings.list_meetings("paris", **asked).meetings),
    "instrument": lambda **asked: keys(instruments.list_instruments("paris", **asked).instruments),
    "commitment": lambda **asked: keys(commitments.list_commitments("paris", **asked).page),
}
PAGES: dict[str, Callable[..., Any]] = {
    "priority": priorities.get_priority,
    "party": parties.get_party,
    "person": people.get_person,
    "meeting": meetings.get_meeting,
    "instrument": instruments.get_instrument,
    "commitment": commitments.get_commitment,
}


def key(row: Any) -> Any:
    return getattr(row, "number", None) or row.slug


def at(revision: int) -> Callable[[str], str | None]:
    return {"known_at": str(revision)}.get


def lists(kind: str, row: Any, **asked: Any) -> bool:
    if kind == "outlet":  # has no list of its own on the site
        return row.name in intakes.outlet_names(asked.pop("world").workspace(asked["by"]))
    asked.pop("world")
    return key(row) in LISTS[kind](**asked)


def test_each_noun_is_taken_out_and_is_there_again(world, curator, reader):
    rows = added(world, curator)
    found = SearchEntry.objects.filter(kind="commitment", row=rows["commitment"].pk)
    for kind, row in rows.items():
        here = {"world": world, "by": curator if kind == "outlet" else reader}
        assert lists(kind, row, **here), kind
        undid = undo(world, row.added, curator, why="It was added twice.")
        assert not lists(kind, row, **here), kind
        assert found.exists() == (kind != "commitment")
        assert row.pk not in Related(world.negotiation.pk).rows(type(row)), "no form offers it"
        out = histories.get_history("paris", kind, str(key(row)), by=reader).taken_out
        assert (out.revision, out.by, out.why) == (undid, str(curator), "It was added twice.")
        with pytest.raises(Forbidden, match="taken out"):
            records.save(row, by=curator)
        if kind in PAGES:
            page = PAGES[kind]("paris", key(row), by=reader)
            assert page.taken_out == out, "its page answers, and says so"
            then = PAGES[kind]("paris", key(row), by=reader, asked=at(undid - 1))
            assert then.taken_out is None and lists(kind, row, **here, asked=at(undid - 1)), "as it was before"
            with pytest.raises(Hidden):
                PAGES[kind]("paris", key(row), by=reader, asked=at(row.added - 1))
        again = undo(world, undid, curator)
        assert lists(kind, row, **here), kind
        assert histories.get_history("paris", kind, str(key(row)), by=reader).taken_out is None
        if kind in PAGES:
            assert not lists(kind, row, **here, asked=at(undid)) and lists(kind, row, **here, asked=at(again))
    undo(world, row.added, curator)  # it counts again, so it can be undone once more
    assert not lists(kind, row, **here)
    assert Removal.objects.count() == len(rows) + 1 and Removal.objects.filter(until=None).count() == 1


def test_a_party_and_a_priority_leave_the_board_and_all_that_offers_cells(world, analyst, curator):
    rows = added(world, curator)
    watches.watch(world.workspace(analyst), things.get_thing(world.workspace(analyst), "party", "latvia"), by=analyst)

    def seen() -> tuple[Any, ...]:
        board = boards.get_board(world.workspace(analyst))
        card = get_entrance(by=analyst).cards[0]
        return (
            [row.slug for row in board.rows],
            [column.number for column in board.columns],
            bool(jumps.find(world.workspace(analyst), "latvia")),
            bool(jumps.find(world.workspace(analyst), "fra 7")),
            (card.parties, card.priorities),
            bool(watches.list_watched(world.workspace(analyst), by=analyst)),
        )

    before = seen()
    assert before == (["france", "germany", "russia", "latvia"], [1, 2, 7], True, True, (4, 3), True)
    outs = [undo(world, rows[kind].added, curator) for kind in ("party", "priority")]
    assert seen() == (["france", "germany", "russia"], [1, 2], False, False, (3, 2), False)
    assert log_filters.choices(world.workspace(analyst)).out == {"latvia", 7}, "the log still tells of them"
    for party, number in (("latvia", 2), ("france", 7)):
        cell = get_cell("paris", party, number, by=analyst)
        assert cell.taken_out and not cell.may_edit, "its address answers"
        with pytest.raises(Forbidden):
            get_cell("paris", party, number, by=analyst, to=Act.EDIT)
    for out in outs:
        undo(world, out, curator)
    assert seen() == before


def test_nothing_is_added_to_what_was_taken_out(world, analyst, curator):
    rows = added(world, curator)
    for row in rows.values():
        undo(world, row.added, curator)
    workspace = world.workspace(analyst)
    cell = world.cell(rows["party"], world.force)
    with pytest.raises(Forbidden, match="taken out"):
        record(world, rows["party"], world.force, by=analyst, evidence=[world.send])
    with pytest.raises(Invalid, match="was taken out"):
        record(world, world.france, world.force, by=analyst, evidence=[world.send], depends_on=(rows["party"].pk,))
    for whose in ({"party": rows["party"].pk}, {"party": world.france.pk, "speaker": rows["person"].pk}):
        told = citing.Told("reported", **whose)
        with pytest.raises(Invalid, match="was taken out"):
            citing.cite(workspace, world.snapshot, 0, 20, told, by=analyst)
    with pytest.raises(Invalid, match="was taken out"):
        question_acts.ask(workspace, question_acts.Wording("When?"), by=analyst, position=cell.pk)
    with pytest.raises(Forbidden):
        gradings.grade_outlet(rows["outlet"], "A", by=curator, why="Right.")
    with pytest.raises(records.Refused, match="taken out meanwhile"):  # whatever form was filled in before
        records.save(Person(slug="pm", name="The PM", party=rows["party"], negotiation=world.negotiation), by=curator)
    with pytest.raises(Forbidden):
        get_entry(workspace, Meeting, "second")
    for kind, name in (("party", "latvia"), ("priority", "7"), ("cell", "latvia:2")):
        with pytest.raises(Hidden):
            things.get_thing(workspace, kind, name)


def test_whatever_was_built_on_it_is_named_and_nothing_is_undone(world, analyst, curator):
    rows = added(world, curator)
    party, talks = rows["party"], {"negotiation": world.negotiation}
    start = world.snapshot.text.index("after the talks")
    told = citing.Told("reported", speaker=rows["person"].pk, party=party.pk)
    meeting, instrument, commitment = rows["meeting"], rows["instrument"], rows["commitment"]
    later = [  # which noun is then built on, by what act, and how that is told
        (party, lambda: records.save(Person(slug="pm", name="The PM", party=party, **talks), by=curator),
         "Person “The PM” names party “Latvia”."),
        (party, lambda: citing.cite(world.workspace(analyst), world.snapshot, start, start + 15, told, by=analyst),
         "Words of party “Latvia” were cited since."),
        (party, lambda: record(world, party, world.force, by=analyst, evidence=[world.send]),
         "A stance of party “Latvia” was recorded since."),
        (rows["priority"], lambda: record(world, world.france, rows["priority"], by=analyst, evidence=[world.send]),
         "A stance of priority “7 Prisoners” was recorded since."),
        (party, lambda: record(world, world.russia, world.force, by=analyst, evidence=[world.send],
                               depends_on=(party.pk,)),
         "A stance depends on party “Latvia”."),
        (party, lambda: records.save(meeting, by=curator, links=lambda: Attendance(
            meeting=meeting, party=party, **talks).save()),
         "Attendance “Latvia at Second talks” names party “Latvia”."),
        (meeting, lambda: records.save(Instrument(slug="note", name="A note", kind="plan", meeting=meeting, **talks),
                                       by=curator),
         "Instrument “A note” names meeting “Second talks”."),
        (party, lambda: records.save(commitment, by=curator, links=lambda: Beneficiary(
            commitment=commitment, party=party, **talks).save()),
         "Beneficiary “Latvia” names party “Latvia”."),
        (instrument, lambda: records.save(Instrument(slug="next", name="The next", kind="plan", replaces=instrument,
                                                     **talks), by=curator),
         "Instrument “The next” names instrument “The accord”."),
        (rows["outlet"], lambda: records.save(Source(slug="leaflet", title="A leaflet", outlet=rows["outlet"], **talks),
                                              by=curator),
         "Source “A leaflet” names outlet “The Herald”."),
        (rows["outlet"], lambda: gradings.grade_outlet(rows["outlet"], "C", by=curator, why="Twice right."),
         "The reliability of outlet “The Herald” was graded since."),
    ]  # fmt: skip
    wanted: dict[int, set[tuple[str, int]]] = defaultdict(set)
    acts = []
    for noun, act, sentence in later:
        act()
        acts.append(newest(world))
        wanted[noun.added].add((sentence, acts[-1]))
    for adding, blockers in wanted.items():
        page = undoing.get_undo("paris", adding, by=curator)
        assert {(each.sentence, each.revision) for each in page.plan.blockers} >= blockers
    assert set(stopped_by(rows["outlet"].added, curator)) == {sentence for *_, sentence in later[-2:]}
    for revision in acts[::-1]:
        undid = undo(world, revision, curator)
    out = undo(world, party.added, curator)  # nothing of it counts any more
    assert stopped_by(undid, curator) == ["Party “Latvia” was taken out."], "nor comes back without it"
    assert out == newest(world)


def test_a_contradiction_that_touches_a_cell_no_more_is_in_nobodys_way(world, curator):
    records.save(Party(slug="latvia", name="Latvia", negotiation=world.negotiation), by=curator)
    added_in, workspace = newest(world), world.workspace(curator)
    cell = Position.objects.get(party__slug="latvia", priority=world.force)
    sides = (Side("They will", (Place(world.send.pk),)), Side("They won't", (Place(world.unacceptable.pk),)))
    contradiction_acts.add(workspace, Draft("fact", "Will they?", sides, cells=(cell.pk,)), by=curator)
    assert "A contradiction touches party “Latvia”." in stopped_by(added_in, curator)
    version = contradictions.get_contradiction("paris", "will-they", by=curator).version
    details = Details("fact", "Will they?", without=(cell.pk,))
    contradiction_acts.edit(workspace, "will-they", details, by=curator, version=version, why="It does not.")
    let_go = newest(world)
    undo(world, added_in, curator)
    assert stopped_by(let_go, curator) == ["Party “Latvia” was taken out."], "nor is it touched again"


def test_what_came_with_a_noun_goes_and_comes_back_with_it(world, curator, reader):
    meeting = Meeting(negotiation=world.negotiation, slug="talks", name="Talks", kind="call")
    seat = Attendance(negotiation=world.negotiation, meeting=meeting, party=world.france)

    def sit() -> None:
        seat.meeting = meeting
        seat.save()

    records.save(meeting, by=curator, links=sit)
    adding = newest(world)
    assert len(parties.get_party("paris", "france", by=reader).seats) == 1
    undid = undo(world, adding, curator)
    assert parties.get_party("paris", "france", by=reader).seats == ()
    assert [a.party.slug for a in meetings.get_meeting("paris", "talks", by=reader).attendance] == ["france"]
    assert len(parties.get_party("paris", "france", by=reader, asked=at(adding)).seats) == 1
    undo(world, undid, curator)
    assert Attendance.objects.get().pk == seat.pk
    assert len(parties.get_party("paris", "france", by=reader).seats) == 1


def test_it_comes_back_only_where_what_it_leads_to_is_there(world, curator):
    party = Party(negotiation=world.negotiation, slug="latvia", name="Latvia")
    records.save(party, by=curator)
    of_party = newest(world)
    records.save(Person(negotiation=world.negotiation, slug="pm", name="The PM", party=party), by=curator)
    person_out = undo(world, newest(world), curator)
    party_out = undo(world, of_party, curator)
    assert stopped_by(person_out, curator) == ["Party “Latvia” was taken out."]
    undo(world, party_out, curator)
    undo(world, person_out, curator)
    assert people.get_person("paris", "pm", by=curator).taken_out is None
    assert stopped_by(of_party, curator) == ["Person “The PM” names party “Latvia”."]


def test_a_step_that_came_with_a_commitment_counts_no_more(world, curator):
    commitment = Commitment(negotiation=world.negotiation, slug="training", text="Train them.", party=world.france)

    def step() -> None:
        mine = {"negotiation": world.negotiation, "revision": newest(world), "commitment": commitment}
        CommitmentEvent.objects.create(**mine, status="drafted", note="Said.")

    records.save(commitment, by=curator, links=step)
    undid = undo(world, newest(world), curator)
    assert commitments.get_commitment("paris", "training", by=curator).steps[0].undone
    undo(world, undid, curator)
    assert commitments.get_commitment("paris", "training", by=curator).commitment.stage == "drafted"
