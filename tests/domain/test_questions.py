"""Open questions: asked of a cell or of the whole, worded anew, answered by a citation, dropped, opened again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from negotiations.domain import question_acts as acts
from negotiations.domain.changes import KeyReused
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.places import Place
from negotiations.domain.question_acts import Wording
from negotiations.domain.questions import get_question, list_questions, of_cell
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Question, QuestionEvent, RowEdit
from tests import factories as make

pytestmark = pytest.mark.django_db
WHEN = Wording(" When will it send them? ", "The president's office", date(2026, 1, 31))


@pytest.fixture
def when(world, analyst):
    """The slug of a question about France and the force."""
    cell = world.cell(world.france, world.force)
    return acts.ask(world.workspace(analyst), WHEN, by=analyst, position=cell.pk).slug


def page(who, slug):
    return get_question("paris", slug, by=who)


@pytest.mark.django_db(transaction=True)
def test_an_analyst_asks_about_a_cell(world, analyst, reader, when):
    shown = page(reader, when)
    question = shown.question
    assert (when, question.text, question.whom, question.due) == (
        "when-will-it-send-them",
        "When will it send them?",
        "The president's office",
        date(2026, 1, 31),
    )
    assert (question.party.slug, question.priority.number, question.state) == ("france", 2, "open")
    assert (shown.asked.by, shown.events) == ("Anna Analyst", ())
    assert of_cell(world.workspace(reader), world.cell(world.france, world.force).pk) == (question,)
    assert of_cell(world.workspace(reader), world.cell(world.france, world.monitoring).pk) == ()


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording(" "), "text"),
        (Wording("x" * 301), "text"),
        (Wording("a\x00"), "text"),
        (Wording("Who?", "x" * 201), "whom"),
        (Wording("Who?", "\ud800"), "whom"),
        (Wording("Who?", due=date.min), "due"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(world, analyst, when, wording, field):
    before, version = Change.objects.count(), page(analyst, when).version
    workspace = world.workspace(analyst)
    for attempt in (
        lambda: acts.ask(workspace, wording, by=analyst),
        lambda: acts.edit(workspace, when, wording, by=analyst, version=version),
    ):
        with pytest.raises(Invalid) as told:
            attempt()
        assert set(told.value.errors) == {field}
    assert Change.objects.count() == before


def test_a_cell_of_another_negotiation_is_refused(world, analyst):
    with pytest.raises(Invalid, match="not of this negotiation"):
        acts.ask(world.workspace(analyst), WHEN, by=analyst, position=make.PositionFactory().pk)
    assert not Question.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_worded_anew_and_the_log_keeps_both(world, analyst, second_analyst, when):
    version = page(analyst, when).version
    acts.edit(world.workspace(analyst), when, Wording("How many, and when?"), by=analyst, version=version)
    question = page(analyst, when).question
    assert (question.slug, question.text, question.whom, question.due) == (when, "How many, and when?", "", None)
    edit = RowEdit.objects.order_by("-pk").first()
    assert (edit.before["text"], edit.after["text"]) == ("When will it send them?", "How many, and when?")
    with pytest.raises(acts.Outdated):  # who read it before does not overwrite what was changed since
        acts.edit(world.workspace(second_analyst), when, WHEN, by=second_analyst, version=version)
    assert page(analyst, when).question.text == "How many, and when?"


def test_it_is_answered_by_words_or_by_a_place_in_a_source(world, analyst, when):
    workspace = world.workspace(analyst)
    acts.answer(workspace, when, Place(quote=world.send.pk), by=analyst, note="No day is named.")
    acts.answer(workspace, when, Place(source=world.source.pk, locator="page 3"), by=analyst)
    shown = page(analyst, when)
    assert shown.question.state == Question.objects.get().state == "answered"
    first, second = shown.events
    assert (first.proof.quote.slug, first.note, first.by) == ("france-send", "No day is named.", "Anna Analyst")
    assert (second.proof.quote, second.proof.source.slug, second.proof.locator) == (None, "summit-report", "page 3")


@pytest.mark.parametrize("place", [None, Place(), Place(locator="page 3"), Place(quote=0), Place(quote=1, locator="x")])
def test_an_answer_cites_something(world, analyst, when, place):
    with pytest.raises(Invalid) as told:
        acts.answer(world.workspace(analyst), when, place, by=analyst)
    assert set(told.value.errors) == {"places"}
    assert not QuestionEvent.objects.exists()


def test_it_is_dropped_and_opened_again_with_a_note(world, analyst, when):
    workspace = world.workspace(analyst)
    with pytest.raises(Invalid, match="Say why"):
        acts.drop(workspace, when, by=analyst, note=" ")
    with pytest.raises(Invalid, match="open already"):
        acts.reopen(workspace, when, by=analyst, note="It is.")
    acts.drop(workspace, when, by=analyst, note="Nobody asks any more.")
    with pytest.raises(Invalid, match="dropped already"):
        acts.drop(workspace, when, by=analyst, note="Twice.")
    acts.reopen(workspace, when, by=analyst, note="Somebody does.")
    assert [(event.state, event.note) for event in page(analyst, when).events] == [
        ("dropped", "Nobody asks any more."),
        ("open", "Somebody does."),
    ]
    assert Question.objects.get().state == "open"


def every_act(world, who, when):
    workspace, version = world.workspace(who), page(who, when).version
    return {
        "ask": lambda **key: acts.ask(workspace, Wording("Who pays?"), by=who, **key),
        "edit": lambda **key: acts.edit(workspace, when, Wording("When?"), by=who, version=version, **key),
        "answer": lambda **key: acts.answer(workspace, when, Place(quote=world.send.pk), by=who, **key),
        "drop": lambda **key: acts.drop(workspace, when, by=who, note="So.", **key),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["ask", "edit", "answer", "drop"])
def test_readers_write_nothing_and_what_is_sent_twice_is_done_once(world, analyst, reader, when, name):
    with pytest.raises(Forbidden):
        every_act(world, reader, when)[name]()
    before, key, act = Change.objects.count(), uuid4(), every_act(world, analyst, when)[name]
    first, second = act(key=key), act(key=key)
    assert (first.repeated, second.repeated, first.slug) == (False, True, second.slug)
    assert Change.objects.count() == before + 1
    with pytest.raises(KeyReused):
        acts.drop(world.workspace(analyst), when, by=analyst, note="Another.", key=key)


def test_a_key_is_of_one_negotiation(world, analyst):
    other = make.NegotiationFactory(slug="elsewhere")
    make.MembershipFactory(negotiation=other, user=analyst, role="analyst")
    key = uuid4()
    acts.ask(world.workspace(analyst), WHEN, by=analyst, key=key)
    with pytest.raises(KeyReused):
        acts.ask(get_workspace("elsewhere", by=analyst), WHEN, by=analyst, key=key)


def test_the_open_ones_come_first_by_their_day(world, analyst, when):
    today = world.workspace(analyst).today()
    for text, days, state in [("Late", -1, "open"), ("Today", 0, "open"), ("Soon", 7, "open"), ("Old", -9, "dropped")]:
        make.QuestionFactory(negotiation=world.negotiation, text=text, due=today + timedelta(days), state=state)
    make.QuestionFactory(negotiation=world.negotiation, text="Some time")
    lines = list_questions("paris", by=analyst).page.object_list
    expected = ["When will it send them?", "Late", "Today", "Soon", "Some time", "Old"]
    assert [line.text for line in lines] == sorted(
        expected[:2], key=lambda text: text != "When will it send them?"
    ) + expected[2:]
    assert [line.text for line in lines if line.is_overdue] == expected[:2]
    assert [line.text for line in lines if line.is_due_today] == ["Today"]
    assert [line.text for line in list_questions("paris", by=analyst, state="dropped").page.object_list] == ["Old"]
    assert list_questions("paris", by=analyst, state="odd").page.paginator.count == 6


def test_another_negotiations_are_not_there(world, analyst, when):
    abroad = make.QuestionFactory()
    with pytest.raises(Hidden):
        page(analyst, abroad.slug)
    with pytest.raises(Hidden):
        acts.drop(world.workspace(analyst), abroad.slug, by=analyst, note="Not mine.")
    assert list_questions("paris", by=analyst).page.paginator.count == 1
