"""Contradictions: added, added to and ruled on by analysts; nothing of them is ever taken back."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from negotiations.domain import contradiction_acts as acts
from negotiations.domain.changes import KeyReused
from negotiations.domain.contradiction_drafts import Details, Draft, Side
from negotiations.domain.contradictions import get_contradiction, list_contradictions, of_cell
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.places import Place
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Contradiction, ContradictionCell, ContradictionProof, ContradictionSide, RowEdit
from tests import factories as make
from tests.sql import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world):
    """A good one: how many there are, by two quotes, about one cell."""
    return Draft(
        kind="fact",
        title=" How many soldiers ",
        sides=(
            Side("Many", (Place(quote=world.send.pk), Place(source=world.source.pk, locator="page 3"))),
            Side("None", (Place(quote=world.unacceptable.pk),)),
        ),
        description="The count is what a limit would be measured by.",
        cells=(world.cell(world.france, world.force).pk,),
    )


@pytest.fixture
def soldiers(world, analyst, draft):
    """The slug of the good one, added."""
    return acts.add(world.workspace(analyst), draft, by=analyst).slug


def page(world, who, slug):
    return get_contradiction(world.negotiation.slug, slug, by=who)


def test_an_analyst_adds_one_as_one_act(world, analyst, reader, draft):
    done = acts.add(world.workspace(analyst), draft, by=analyst, why="Read both.")
    shown = page(world, reader, done.slug)
    assert (done.slug, shown.contradiction.title, shown.contradiction.state) == (
        "how-many-soldiers",
        "How many soldiers",
        "open",
    )
    many, none = shown.sides
    assert [proof.quote.slug if proof.quote else proof.locator for proof in many.proofs] == ["france-send", "page 3"]
    assert (none.number, none.says, none.proofs[0].quote.slug) == (2, "None", "russia-no")
    assert many.made.by == "Anna Analyst"
    assert [(cell.party.slug, cell.priority.number) for cell in shown.cells] == [("france", 2)]
    change = Change.objects.get(negotiation=world.negotiation, revision=many.made.revision)
    assert (change.verb, change.what, change.why) == ("added", "contradiction How many soldiers", "Read both.")


def test_two_of_one_title_have_two_addresses(world, analyst, draft):
    workspace = world.workspace(analyst)
    slugs = [acts.add(workspace, replace(draft, title=title), by=analyst).slug for title in ["Wer?", "Wer?", "誰"]]
    assert slugs == ["wer", "wer-2", "contradiction"]


def wrong(draft, world):
    """Each with the field at which it is told."""
    abroad = make.QuoteFactory()
    elsewhere = make.PositionFactory()
    one, other = draft.sides
    return {
        "no title": (replace(draft, title=" "), "title"),
        "a title too long": (replace(draft, title="x" * 201), "title"),
        "a NUL in the title": (replace(draft, title="a\x00"), "title"),
        "half a character": (replace(draft, description="\ud800"), "description"),
        "no such kind": (replace(draft, kind="quarrel"), "kind"),
        "one side": (replace(draft, sides=(one,)), "sides"),
        "no side": (replace(draft, sides=()), "sides"),
        "a side that says nothing": (replace(draft, sides=(one, replace(other, says=" "))), "says_2"),
        "a side that says too much": (replace(draft, sides=(replace(one, says="x" * 301), other)), "says_1"),
        "a side without words": (replace(draft, sides=(one, replace(other, places=()))), "places_2"),
        "a quote twice": (replace(draft, sides=(replace(one, places=one.places[:1] * 2), other)), "places_1"),
        "a place in no source": (
            replace(draft, sides=(one, replace(other, places=(Place(locator="p. 1"),)))),
            "places_2",
        ),
        "a quote and a locator": (
            replace(draft, sides=(one, replace(other, places=(replace(one.places[0], locator="p. 1"),)))),
            "places_2",
        ),
        "a locator too long": (
            replace(draft, sides=(one, replace(other, places=(Place(source=world.source.pk, locator="x" * 301),)))),
            "places_2",
        ),
        "a quote of another": (
            replace(draft, sides=(one, replace(other, places=(Place(quote=abroad.pk),)))),
            "places_2",
        ),
        "a source of another": (
            replace(draft, sides=(one, replace(other, places=(Place(source=abroad.snapshot.source_id, locator="1"),)))),
            "places_2",
        ),
        "a cell of another": (replace(draft, cells=(elsewhere.pk,)), "cells"),
        "no such cell": (replace(draft, cells=(0,)), "cells"),
    }


def test_what_is_refused_leaves_nothing_behind(world, analyst, draft):
    cases = wrong(draft, world)
    before = Change.objects.count()
    for name, (spoilt, field) in cases.items():
        with pytest.raises(Invalid) as told:
            acts.add(world.workspace(analyst), spoilt, by=analyst)
        assert set(told.value.errors) == {field}, name
    assert (Contradiction.objects.count(), ContradictionSide.objects.count(), Change.objects.count()) == (0, 0, before)
    acts.add(world.workspace(analyst), draft, by=analyst)  # the control


def test_rulings_follow_one_another_and_all_stay(world, analyst, second_analyst, soldiers):
    acts.rule(world.workspace(analyst), soldiers, "left_open", by=analyst, reason=" Nobody counted. ")
    anton = world.workspace(second_analyst)
    acts.rule(anton, soldiers, "resolved", by=second_analyst, reason="Somebody did.")
    acts.rule(anton, soldiers, "open", by=second_analyst, reason="Wrongly.")
    shown = page(world, analyst, soldiers)
    assert [(ruling.state, ruling.reason, ruling.made.by) for ruling in shown.rulings] == [
        ("left_open", "Nobody counted.", "Anna Analyst"),
        ("resolved", "Somebody did.", "Anton Analyst"),
        ("open", "Wrongly.", "Anton Analyst"),
    ]
    assert shown.contradiction.state == Contradiction.objects.get().state == "open"
    verbs = Change.objects.filter(what="contradiction How many soldiers").order_by("revision")
    assert list(verbs.values_list("verb", flat=True)) == ["added", "left open", "resolved", "opened again"]


@pytest.mark.parametrize(
    ("state", "reason", "field"),
    [
        ("resolved", " ", "reason"),
        ("open", "Why not.", "state"),
        ("settled", "So.", "state"),
        ("resolved", "\x00", "reason"),
    ],
)
def test_a_ruling_needs_a_reason_and_says_something_new(world, analyst, soldiers, state, reason, field):
    with pytest.raises(Invalid) as told:
        acts.rule(world.workspace(analyst), soldiers, state, by=analyst, reason=reason)
    assert set(told.value.errors) == {field}
    assert not page(world, analyst, soldiers).rulings


def test_a_third_side_and_more_words_are_added_to_what_is_there(world, analyst, soldiers):
    workspace = world.workspace(analyst)
    acts.add_side(workspace, soldiers, Side("Some", (Place(quote=world.neighbours.pk),)), by=analyst)
    acts.add_places(workspace, soldiers, 2, [Place(quote=world.neighbours.pk)], by=analyst)
    sides = page(world, analyst, soldiers).sides
    assert [(side.number, side.says, len(side.proofs)) for side in sides] == [
        (1, "Many", 2),
        (2, "None", 2),
        (3, "Some", 1),
    ]


@pytest.mark.parametrize("number", [0, 3])
def test_words_are_added_to_a_side_that_is_there(world, analyst, soldiers, number):
    with pytest.raises(Invalid, match="Choose the side"):
        acts.add_places(world.workspace(analyst), soldiers, number, [Place(quote=world.send.pk)], by=analyst)


def test_the_same_words_are_not_added_again(world, analyst, soldiers):
    workspace = world.workspace(analyst)
    there = [Place(quote=world.send.pk), Place(source=world.source.pk, locator="page 3")]
    with pytest.raises(Invalid, match="rests on that already"):
        acts.add_places(workspace, soldiers, 1, there, by=analyst)
    with pytest.raises(Invalid, match="Choose the words"):
        acts.add_places(workspace, soldiers, 1, [], by=analyst)
    acts.add_places(workspace, soldiers, 1, [*there, Place(source=world.source.pk, locator="page 4")], by=analyst)
    assert ContradictionProof.objects.filter(side__number=1).count() == 3


def every_act(world, who, soldiers, draft):
    workspace = world.workspace(who)
    side = draft.sides[0]
    return {
        "add": lambda **key: acts.add(workspace, draft, by=who, **key),
        "rule": lambda **key: acts.rule(workspace, soldiers, "resolved", by=who, reason="So.", **key),
        "add a side": lambda **key: acts.add_side(workspace, soldiers, side, by=who, **key),
        "add words": lambda **key: acts.add_places(
            workspace, soldiers, 1, [Place(quote=world.neighbours.pk)], by=who, **key
        ),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["add", "rule", "add a side", "add words"])
def test_readers_write_nothing_and_what_is_sent_twice_is_done_once(world, analyst, reader, soldiers, draft, name):
    with pytest.raises(Forbidden):
        every_act(world, reader, soldiers, draft)[name]()
    before = Change.objects.count()
    act, key = every_act(world, analyst, soldiers, draft)[name], uuid4()
    first, second = act(key=key), act(key=key)
    assert (first.slug, first.repeated, second.slug, second.repeated) == (first.slug, False, first.slug, True)
    assert Change.objects.count() == before + 1
    with pytest.raises(KeyReused):
        acts.rule(world.workspace(analyst), soldiers, "left_open", by=analyst, reason="Another.", key=key)


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_twice_at_one_moment_is_done_once(world, analyst, draft):
    workspace, key = world.workspace(analyst), uuid4()
    answers = at_once(*[lambda: acts.add(workspace, draft, by=analyst, key=key)] * 4)
    assert {answer.slug for answer in answers} == {"how-many-soldiers"}
    assert sorted(answer.repeated for answer in answers) == [False, True, True, True]
    assert Contradiction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_those_who_act_at_one_moment_all_get_their_turn(world, analyst, soldiers):
    workspace = world.workspace(analyst)
    sides = [Side(f"Side of {n}", (Place(quote=world.neighbours.pk),)) for n in range(4)]
    answers = at_once(*[lambda side=side: acts.add_side(workspace, soldiers, side, by=analyst) for side in sides])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert list(ContradictionSide.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_list_has_the_open_ones_first_and_can_be_narrowed(world, analyst, reader, soldiers):
    cell = world.cell(world.russia, world.monitoring)
    resolved = make.ContradictionFactory(
        negotiation=world.negotiation, title="Who came", kind="reversal", state="resolved"
    )
    make.ContradictionCellFactory(contradiction=resolved, position=cell)
    make.ContradictionFactory(negotiation=world.negotiation, title="When", state="left_open")

    def titles(**asked):
        found = list_contradictions("paris", by=reader, **asked)
        return [line.title for line in found.page.object_list]

    assert titles() == titles(state="odd", kind="odd", party="germany") == ["How many soldiers", "When", "Who came"]
    assert titles(state="left_open") == ["When"]
    assert titles(kind="reversal") == titles(party="russia") == ["Who came"]
    assert [party.slug for party in list_contradictions("paris", by=reader).parties] == ["france", "russia"]
    assert [line.title for line in of_cell(world.workspace(reader), cell.pk)] == ["Who came"]
    assert of_cell(world.workspace(reader), world.cell(world.germany, world.force).pk) == ()


def test_another_negotiations_are_not_there(world, analyst, soldiers):
    abroad = make.ContradictionFactory()
    with pytest.raises(Hidden):
        page(world, analyst, abroad.slug)
    with pytest.raises(Hidden):
        acts.rule(world.workspace(analyst), abroad.slug, "resolved", by=analyst, reason="Not mine.")
    assert list_contradictions("paris", by=analyst).page.paginator.count == 1


# --- what it is called, and which cells it touches ------------------------------------------------------------------


@pytest.fixture
def change(world, soldiers, analyst):
    """Change it: `change(title="…")`."""

    def do(by=analyst, version=None, why="Clearer.", key=None, **said):
        row = Contradiction.objects.get()
        told = {"kind": row.kind, "title": row.title, "description": row.description} | said
        version = version or acts.version_of(row)
        return acts.edit(world.workspace(by), row.slug, Details(**told), by=by, version=version, why=why, key=key)

    return do


@pytest.mark.django_db(transaction=True)  # an edit of a negotiation that is being born is not logged
def test_it_is_named_anew_and_the_log_keeps_both(world, change, analyst):
    sides = list(ContradictionSide.objects.values())
    change(title=" How many troops ", kind="reversal", description="")
    row = Contradiction.objects.get()
    assert (row.title, row.kind, row.description) == ("How many troops", "reversal", "")
    told = Change.objects.latest("pk")
    assert (told.verb, told.what, told.why) == ("changed", "contradiction How many soldiers", "Clearer.")
    edit = RowEdit.objects.get(change=told)
    assert (edit.before["title"], edit.after["title"]) == ("How many soldiers", "How many troops")
    assert list(ContradictionSide.objects.values()) == sides, "what was said stays"


def test_it_comes_to_touch_further_cells_each_once(world, change):
    there, further = (world.cell(party, world.force).pk for party in (world.france, world.germany))
    change(cells=(there, further, further))
    assert set(ContradictionCell.objects.values_list("position", flat=True)) == {there, further}
    assert ContradictionCell.objects.count() == 2
    assert ContradictionCell.objects.latest("pk").revision == Change.objects.latest("pk").revision


def test_an_edit_of_nothing_or_without_a_reason_or_with_a_cell_of_others_is_refused(change):
    elsewhere = make.PositionFactory().pk
    for said, field in (({}, "title"), ({"title": " "}, "title"), ({"title": "x" * 201}, "title"),
                        ({"kind": "quarrel"}, "kind"), ({"title": "New", "why": " "}, "why"),
                        ({"cells": (elsewhere,)}, "cells")):  # fmt: skip
        before = Change.objects.count()
        with pytest.raises(Invalid) as refused:
            change(**said)
        assert field in refused.value.errors
        assert Change.objects.count() == before


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(world, change, second_analyst):
    seen = acts.version_of(Contradiction.objects.get())
    change(by=second_analyst, cells=(world.cell(world.germany, world.force).pk,))
    with pytest.raises(acts.Outdated):
        change(title="Mine", version=seen)
    assert Contradiction.objects.get().title == "How many soldiers"


def test_an_edit_sent_twice_is_done_once(change):
    seen, key = acts.version_of(Contradiction.objects.get()), uuid4()
    first, second = (change(title="Anew", description="", kind="fact", version=seen, key=key) for _ in range(2))
    assert (first.repeated, second.repeated) == (False, True)
    with pytest.raises(KeyReused):
        change(title="Otherwise", key=key)


def test_readers_change_nothing(change, reader):
    with pytest.raises(Forbidden):
        change(by=reader, title="Mine")
