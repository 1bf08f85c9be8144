"""Recording stances: one act, all or nothing, by whoever may, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from negotiations.database.dates import ALWAYS
from negotiations.domain import stances
from negotiations.domain.changes import KeyReused
from negotiations.domain.permissions import Forbidden
from negotiations.domain.positions import Entry, Outdated, record_stances
from negotiations.domain.stances import Invalid, Item
from negotiations.models import Change, Evidence, Position, Stance
from tests import factories
from tests.sql import run

WHY = "Read it in the Gazette."


def log_of(world):
    return Change.objects.filter(negotiation=world.negotiation)


@pytest.mark.django_db
def test_an_analyst_records_a_stance(world, analyst, draft, cells):
    before = world.negotiation.revision
    draft = replace(draft, depends_on=(world.germany.pk,), conditions=" After peace. ", red_line=True)
    recorded = record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, draft)], by=analyst, why=f" {WHY} ")
    change = log_of(world).get(revision=recorded.revision)
    assert (change.by, change.verb, change.why, change.what) == (analyst, "recorded", WHY, "France × 1")
    stance = Stance.objects.get()
    assert (stance.seq, stance.revision, stance.replaces) == (1, recorded.revision, None)
    assert (stance.code, stance.conditions, stance.red_line) == ("supports", "After peace.", True)
    assert (stance.evidence.get().quote, stance.dependences.get().party) == (world.send, world.germany)
    cell = Position.objects.get(pk=cells[0].pk)
    assert (cell.version, cell.standing, cell.code, cell.supporting, cell.origins) == (1, 1, "supports", 1, 1)
    assert recorded.revision > before
    assert not recorded.repeated


@pytest.mark.django_db
def test_several_cells_are_one_act_with_one_revision(world, analyst, draft, cells):
    before = log_of(world).count()
    entries = [Entry(cell.pk, 0, draft) for cell in reversed(cells)]
    recorded = record_stances(world.workspace(analyst), entries, by=analyst, why=WHY)
    assert log_of(world).count() == before + 1
    assert set(Stance.objects.values_list("revision", "seq")) == {(recorded.revision, 1)}
    assert set(Position.objects.values_list("version", "code")) == {(1, "supports")}
    assert Evidence.objects.count() == len(cells) == 6


def refusals(world, draft, cells):
    """Each with what is raised: nothing of the act is kept, also not its good half."""
    abroad = factories.StanceFactory()
    elsewhere = Evidence.objects.get(stance=abroad).quote
    good = Entry(cells[0].pk, 0, draft)

    def bad(**changed):
        return Entry(cells[1].pk, 0, replace(draft, **changed))

    return {
        "no reason": ([good], " ", Invalid),
        "a NUL in the reason": ([good], "a\x00b", Invalid),
        "a NUL in a text": ([good, bad(limits="a\x00b")], WHY, Invalid),
        "half a character": ([good, bad(conditions="\ud800")], WHY, Invalid),
        "nothing said": ([good, bad(rationale="")], WHY, Invalid),
        "a cell of another negotiation": ([good, Entry(abroad.position_id, 1, draft)], WHY, Invalid),
        "no such cell": ([good, Entry(0, 0, draft)], WHY, Invalid),
        "a quote of another": ([good, bad(evidence=(Item("supports", quote=elsewhere.pk),))], WHY, Invalid),
        "no such quote": ([good, bad(evidence=(Item("supports", quote=0),))], WHY, Invalid),
        "a source of another": (
            [good, bad(evidence=(Item("supports", source=elsewhere.snapshot.source_id, locator="p. 1"),))],
            WHY,
            Invalid,
        ),
        "a party of another": ([good, bad(depends_on=(abroad.position.party_id,))], WHY, Invalid),
        "a version that isn't": ([good, Entry(cells[1].pk, 1, draft)], WHY, Outdated),
        "a version before": ([good, Entry(cells[1].pk, -1, draft)], WHY, Outdated),
        "a cell named twice": ([good, good], WHY, ValueError),
        "no cell": ([], WHY, ValueError),
    }


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind(world, analyst, draft, cells):
    cases = refusals(world, draft, cells)
    before = log_of(world).count(), Stance.objects.count()
    for name, (entries, why, error) in cases.items():
        with pytest.raises(error):
            record_stances(world.workspace(analyst), entries, by=analyst, why=why)
        assert (log_of(world).count(), Stance.objects.count()) == before, name
    record_stances(world.workspace(analyst), cases["no reason"][0], by=analyst, why=WHY)  # the good half alone


@pytest.mark.django_db
def test_readers_record_nothing(world, reader, draft, cells):
    with pytest.raises(Forbidden):
        record_stances(world.workspace(reader), [Entry(cells[0].pk, 0, draft)], by=reader, why=WHY)
    assert not Stance.objects.exists()


@pytest.mark.django_db
def test_of_two_editors_the_second_learns_that_the_cell_moved_on(world, analyst, second_analyst, draft, cells):
    both = [Entry(cells[0].pk, 0, draft), Entry(cells[1].pk, 0, draft)]
    record_stances(world.workspace(analyst), both[:1], by=analyst, why=WHY)
    with pytest.raises(Outdated) as told:
        record_stances(world.workspace(second_analyst), both, by=second_analyst, why=WHY)
    assert told.value.positions == [cells[0].pk]


@pytest.mark.django_db
def test_a_form_sent_twice_is_recorded_once_and_answered_the_same(world, analyst, second_analyst, draft, cells):
    sent = {"by": analyst, "why": WHY, "key": uuid4()}
    once = record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, draft)], **sent)
    moved = replace(draft, cause="moved", code="opposes")
    record_stances(world.workspace(analyst), [Entry(cells[0].pk, 1, moved)], by=analyst, why=WHY)
    again = record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, draft)], **sent)
    assert (again.revision, again.repeated) == (once.revision, True)
    assert Stance.objects.count() == 2
    for other in [{"why": "Another."}, {"draft": replace(draft, code="rejects")}, {"cell": cells[1].pk}]:
        entry = Entry(other.get("cell", cells[0].pk), 0, other.get("draft", draft))
        with pytest.raises(KeyReused):
            record_stances(world.workspace(analyst), [entry], **(sent | {"why": other.get("why", WHY)}))
    # A key is its user's own.
    entry = Entry(cells[1].pk, 0, draft)
    record_stances(world.workspace(second_analyst), [entry], **(sent | {"by": second_analyst}))


@pytest.mark.django_db
def test_a_move_moves_something(world, analyst, draft, cells):
    """Held against what stood on its day; where nothing stood then, against what stands today."""
    draft = replace(draft, limits="But", depends_on=(world.germany.pk,), held_from=date(2026, 1, 3))

    def says(version, **said):
        moved = replace(draft, cause="moved", rationale="In other words.", confidence="high", **said)
        return record_stances(world.workspace(analyst), [Entry(cells[0].pk, version, moved)], by=analyst, why=WHY)

    record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, draft)], by=analyst, why=WHY)
    for day in (date(2026, 1, 7), date(2026, 1, 3), date(2025, 12, 1)):
        with pytest.raises(Invalid, match="so nothing moved") as told:
            says(1, held_from=day, limits=" But ")
        assert list(told.value.errors) == ["cause"]
    moves = [{"code": "opposes"}, {"conditions": "If"}, {"limits": ""}, {"red_line": True}, {"depends_on": ()}]
    for version, said in enumerate(moves, start=1):
        says(version, held_from=date(2026, 1, 3 + version), **said)
    with pytest.raises(Invalid, match="so nothing moved"):
        says(6, held_from=date(2026, 1, 4), code="opposes")
    says(6, held_from=date(2026, 1, 5), code="opposes")  # which it left only later, as far as is known


@pytest.mark.django_db
def test_a_move_sent_twice_is_answered_the_same_though_nothing_would_move_now(world, analyst, draft, cells):
    record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, draft)], by=analyst, why=WHY)
    sent = {"by": analyst, "why": WHY, "key": uuid4()}
    moved = [Entry(cells[0].pk, 1, replace(draft, cause="moved", code="opposes"))]
    assert not record_stances(world.workspace(analyst), moved, **sent).repeated
    assert record_stances(world.workspace(analyst), moved, **sent).repeated


# What the domain's rules let through, the database takes: no draft, however odd, ends in an error of the database.
ODD_TEXT = st.sampled_from(["", " ", "words", "a\x00b", "\ud800", "x" * 5_000, "🕊"])
ODD_DAY = st.sampled_from([None, ALWAYS, date(1, 1, 2), date(1999, 5, 5), date(2026, 1, 6), date(9999, 12, 31)])


def odd_fields(quotes, sources, parties):
    """Up to four fields of a draft, each as it may come from anywhere."""
    item = st.builds(
        Item,
        st.sampled_from(["supports", "supports", "context", "contradicts", "odd", ""]),
        st.sampled_from([None, *quotes]),
        st.sampled_from([None, None, *sources]),
        st.sampled_from(["", "", "page 3", "x" * 301, "\x00"]),
    )
    fields = {
        "cause": st.sampled_from(["first", "moved", "corrected", "evidence", "withdrawn", "odd", ""]),
        "code": st.sampled_from(["supports", "rejects", "silent", "unknown", "unknown", "", "odd"]),
        "rationale": ODD_TEXT,
        "conditions": ODD_TEXT,
        "depends_on": st.lists(st.sampled_from(parties), max_size=3).map(tuple),
        "confidence": st.sampled_from(["low", "high", "", "odd"]),
        "held_from": ODD_DAY,
        "precision": st.sampled_from(["day", "month", "year", "by", "", "odd"]),
        "replaces": st.sampled_from([None, 1, 2, 3, 0, -1, 2**40]),
        "evidence": st.lists(item, max_size=3).map(tuple),
    }
    some = st.lists(st.sampled_from(list(fields)), max_size=4, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: fields[name] for name in names}))


def try_it(world, analyst, draft, data):
    """Record a draft with odd fields in some cell, and commit it; whether it was taken."""
    cell = data.draw(st.sampled_from(list(Position.objects.filter(negotiation=world.negotiation))))
    parties = [world.france.pk, world.germany.pk]
    odd = data.draw(odd_fields([world.send.pk, world.neighbours.pk], [world.source.pk], parties))
    usual = {"cause": "moved" if cell.version else "first", "red_line": bool(cell.version % 2)}  # so that it moves
    draft = replace(draft, **(usual | odd))
    with transaction.atomic():
        try:
            record_stances(world.workspace(analyst), [Entry(cell.pk, cell.version, draft)], by=analyst, why=WHY)
        except Invalid:
            return False
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
    return True


ANYTHING = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.mark.django_db
def test_whatever_the_rules_let_through_the_database_takes(world, analyst, draft):
    taken = []

    @settings(max_examples=150, **ANYTHING)
    @given(data=st.data())
    def try_all(data):
        taken.append(try_it(world, analyst, draft, data))

    try_all()
    assert 20 < sum(taken) < len(taken) - 20


@pytest.mark.django_db
@pytest.mark.parametrize("rule", ["_check_evidence", "_check_texts", "_check_dates", "_check_place"])
def test_without_a_rule_the_database_would_have_to_refuse(rule, world, analyst, draft, monkeypatch):
    """The control: each rule left out, and a draft is found that ends in an error of the database."""
    monkeypatch.setattr(stances, rule, lambda *_: {})

    @settings(max_examples=500, phases=[Phase.generate], **ANYTHING)
    @given(data=st.data())
    def try_all(data):
        try_it(world, analyst, draft, data)

    with pytest.raises((DatabaseError, UnicodeEncodeError, ValueError)):
        try_all()


@pytest.mark.django_db
def test_the_day_is_counted_in_the_negotiations_zone(world, analyst, draft, cells):
    """What is held today, there, may be recorded; what is held tomorrow may not."""
    today = world.workspace(analyst).today()
    tomorrow = replace(draft, held_from=today + timedelta(days=1))
    with pytest.raises(Invalid, match="after today"):
        record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, tomorrow)], by=analyst, why=WHY)
    held_today = replace(draft, held_from=today)
    record_stances(world.workspace(analyst), [Entry(cells[0].pk, 0, held_today)], by=analyst, why=WHY)
