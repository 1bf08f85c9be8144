"""Open questions: the list, one with what became of it, and what analysts ask and answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from negotiations.models import Change, Question, QuestionEvent
from tests import factories as make
from tests.pages import filled_in, read
from tests.views.cell_pages import HTMX, errors
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/questions/"
ADD = LIST + "add"
ONE = LIST + "when/"


@pytest.fixture
def when(world):
    return make.QuestionFactory(
        position=world.cell(world.france, world.force),
        slug="when",
        text="When will it send them?",
        whom="The president’s office",
        due=date(2026, 1, 31),
    )


def opened(client, act, address=ONE):
    """The form whose button says `act`."""
    page = read(client.get(address))
    return next(form for form in page.all("form") if form.has("button", value=act))


def send(client, form, act, address=ONE, htmx=False, **typed):
    return client.post(address, filled_in(form, act=act, **typed), headers=HTMX if htmx else {})


def ask(client, address=ADD, **typed):
    """Open the form for a question, type, and send it."""
    form = read(client.get(address)).find("form", action=ADD)
    return client.post(ADD, filled_in(form, **typed))


def told_by(response):
    return errors(read(response))


# --- reading ---------------------------------------------------------------------------------------------


def test_a_reader_sees_what_is_asked_of_whom_and_by_when(when, reader_client):
    page = look(reader_client, ONE)
    said = words(page)
    assert "When will it send them? | About | France × 2 Deploy a force | Whom to ask | The president’s office" in said
    assert "By when | overdue since 31 January 2026 | State | Open" in said
    assert "Nothing yet: nobody has answered it." in said
    assert "/n/paris/positions/france/2/" in links(page)
    assert not read(page).has("button", name="act"), "readers answer nothing"


def test_each_answer_leads_to_the_words(world, when, reader_client):
    make.QuestionEventFactory(question=when, quote=world.send, note="No day is named.")
    make.QuestionEventFactory(question=when, quote=None, source=world.source, locator="page 3")
    Question.objects.update(state="answered")
    page = look(reader_client, ONE)
    said = words(page)
    assert "Answered | No day is named. | “we will send them”" in said
    assert "page 3, in After the summit" in said
    assert "By when | 31 January 2026 | State | Answered" in said
    assert "/n/paris/sources/summit-report/#q-france-send" in links(page)
    source = look(reader_client, "/n/paris/sources/summit-report/")
    assert ONE in links(source)


def test_the_list_has_the_open_ones_first_and_says_overdue_in_words(world, when, reader_client):
    today = date.today()
    of = {"negotiation": world.negotiation}
    make.QuestionFactory(**of, text="Who pays?", due=today + timedelta(days=300))
    make.QuestionFactory(**of, text="Who came?", state="answered")
    make.QuestionFactory(**of, text="Which ones?")
    page = look(reader_client, LIST)
    said = words(page)
    row = "When will it send them? | France × 2 Deploy a force | The president’s office | overdue since 31 January 2026"
    assert row in said
    assert "Which ones? | the whole | not known | no day set" in said
    order = ["When will it send", "Who pays?", "Which ones?", "Who came? | the whole | not known | Answered"]
    assert [said.index(text) for text in order] == sorted(said.index(text) for text in order)
    narrowed = words(look(reader_client, LIST, state="answered"))
    assert "1 question matches." in narrowed
    assert "Who pays?" not in narrowed
    assert "No question matches" in words(look(reader_client, LIST, state="dropped"))


def test_none_yet(negotiation, reader_client, analyst_client):
    assert "Analysts of this negotiation ask them." in words(look(reader_client, LIST))
    assert ADD in links(look(analyst_client, LIST))


def test_its_cell_leads_to_it(when, reader_client, analyst_client):
    cell = look(reader_client, "/n/paris/positions/france/2/")
    assert "When will it send them? overdue since 31 January 2026" in words(cell)
    assert ONE in links(cell)
    assert f"{ADD}?cell=france:2" in links(look(analyst_client, "/n/paris/positions/france/2/"))
    assert "Nobody has asked anything about this cell." in words(look(reader_client, "/n/paris/positions/france/1/"))


def test_pages_ask_as_much_for_thirty_as_for_three(world, when, reader_client, analyst_client):
    make.QuestionEventFactory(question=when, quote=world.send)
    addresses = [(reader_client, LIST), (reader_client, ONE), (analyst_client, ONE)]
    few = [questions(client, address) for client, address in addresses]
    for _ in range(27):
        make.QuestionFactory(position=when.position)
        make.QuestionEventFactory(question=when, quote=world.send)
    assert [questions(client, address) for client, address in addresses] == few
    assert few[0] <= 5 and few[1] <= 7 and few[2] <= 11, few


# --- asking ----------------------------------------------------------------------------------------------


def test_an_analyst_asks_about_a_cell(world, analyst_client):
    response = ask(analyst_client, f"{ADD}?cell=france:2", text="When?", whom="Paris", due="2026-12-31")
    assert (response.status_code, response["Location"]) == (302, LIST + "when/")
    question = Question.objects.get()
    assert (question.position, question.whom, question.due) == (
        world.cell(world.france, world.force),
        "Paris",
        date(2026, 12, 31),
    )


def test_an_analyst_asks_about_the_whole(world, analyst_client):
    assert ask(analyst_client, text="誰?").status_code == 302
    question = Question.objects.get()
    assert (question.position, question.whom, question.due, question.slug) == (None, "", None, "question")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " "}, "Say what we would need to know."),
        ({"text": "x" * 301}, "at most 300 characters"),
        ({"whom": "a\x00"}, "Null characters are not allowed."),
        ({"due": "soon"}, "Write the day like 2026-01-06."),
        ({"due": "2026-02-30"}, "Write the day like 2026-01-06."),
        ({"due": "0001-01-01"}, "Write the day like 2026-01-06."),
        ({"due": "10000-01-01"}, "Write the day like 2026-01-06."),
        ({"party": "france"}, "A cell is a party on a priority: choose both, or neither."),
        ({"priority": "2"}, "A cell is a party on a priority: choose both, or neither."),
        ({"party": "atlantis", "priority": "2"}, "Select a valid choice"),
    ],
)
def test_what_can_not_be_asked_is_told_and_kept(world, analyst_client, typed, told):
    before = Change.objects.count()
    response = ask(analyst_client, **({"text": "Who <pays>?"} | typed))
    assert response.status_code == 422
    assert told in told_by(response)
    if "text" not in typed:
        assert filled_in(read(response).find("form", action=ADD))["text"] == ["Who <pays>?"]
    assert (Question.objects.count(), Change.objects.count()) == (0, before)


@pytest.mark.parametrize("cell", ["france:9", "france", "atlantis:1", "france:2:2"])
def test_an_address_that_names_no_cell_is_damaged(world, analyst_client, cell):
    assert analyst_client.get(f"{ADD}?cell={cell}").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_the_form_sent_twice_asks_once(world, analyst_client):
    data = filled_in(read(analyst_client.get(ADD)).find("form", action=ADD), text="Who?")
    first, second = analyst_client.post(ADD, data), analyst_client.post(ADD, data)
    assert first["Location"] == second["Location"] == LIST + "who/"
    assert Question.objects.count() == 1
    assert analyst_client.post(ADD, data | {"text": "Another?"}).status_code == 409


# --- answering, dropping, wording anew ----------------------------------------------------------------------


def test_an_analyst_answers_by_a_quote(world, when, analyst_client):
    form = opened(analyst_client, "answer")
    found = send(analyst_client, form, "find", htmx=True, words="send", note="Typed <before>")
    page = read(found)
    assert not page.has("main")
    form = page.find("form")
    assert filled_in(form)["note"] == ["Typed <before>"]
    response = send(analyst_client, form, "answer", quote=str(world.send.pk))
    assert (response.status_code, response["Location"]) == (302, ONE)
    said = words(look(analyst_client, ONE))
    assert "Answered | Typed <before> | “we will send them”" in said


def test_an_analyst_answers_by_a_place_in_a_source(world, when, analyst_client):
    row = {"source-0": str(world.source.pk), "locator-0": "page 3"}
    assert send(analyst_client, opened(analyst_client, "answer"), "answer", **row).status_code == 302
    assert QuestionEvent.objects.get().locator == "page 3"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choose the words, or the place in a source, that answer it."),
        ({"quote": ["1", "2"]}, "Choose one quote, or one place in a source."),
        ({"quote": "999999"}, "One of these quotes is not of this negotiation."),
        ({"locator-0": "page 3"}, "needs both: the source, and where in it"),
        ({"note": "a\x1b"}, "control character"),
    ],
)
def test_what_is_no_answer_is_told(when, analyst_client, typed, told):
    before = Change.objects.count()
    response = send(analyst_client, opened(analyst_client, "answer"), "answer", **typed)
    assert response.status_code == 422
    assert told in told_by(response)
    assert (QuestionEvent.objects.count(), Change.objects.count()) == (0, before)


def test_it_is_dropped_and_opened_again(when, analyst_client):
    refused = send(analyst_client, opened(analyst_client, "drop"), "drop")
    assert refused.status_code == 422
    assert "Say why; the note stays with the question." in told_by(refused)
    assert read(refused).find("details", open="").has("button", value="drop"), "the form with the fault is in view"
    assert send(analyst_client, opened(analyst_client, "drop"), "drop", note="Nobody asks.").status_code == 302
    assert "Dropped | Nobody asks. | Anna Analyst" in words(look(analyst_client, ONE))
    assert send(analyst_client, opened(analyst_client, "reopen"), "reopen", note="Somebody does.").status_code == 302
    assert "Opened again | Somebody does. | Anna Analyst" in words(look(analyst_client, ONE))


def test_it_is_worded_anew_in_place(when, analyst_client):
    form = opened(analyst_client, "edit")
    assert filled_in(form)["text"] == ["When will it send them?"]
    assert send(analyst_client, form, "edit", text="When, and how many?", whom="", due="").status_code == 302
    said = words(look(analyst_client, ONE))
    assert "| When, and how many? |" in said and "| Whom to ask | not known" in said


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(when, analyst_client, second_analyst_client):
    mine, theirs = opened(analyst_client, "edit"), opened(second_analyst_client, "edit")
    assert send(second_analyst_client, theirs, "edit", text="How many?").status_code == 302
    response = send(analyst_client, mine, "edit", text="When exactly?")
    assert response.status_code == 409
    page = read(response)
    assert "Somebody changed this question meanwhile" in errors(page)
    assert page.find("h1").text == "How many?"
    again = next(form for form in page.all("form") if form.has("button", value="edit"))
    assert filled_in(again)["text"] == ["When exactly?"]
    assert send(analyst_client, again, "edit").status_code == 302
    assert Question.objects.get().text == "When exactly?"


def test_what_does_not_exist_is_not_found(when, reader_client, analyst_client, outsider_client):
    assert reader_client.get(LIST + "none/").status_code == 404
    assert outsider_client.get(ONE).status_code == 404
    assert reader_client.post(ONE, {"act": "drop"}).status_code == 403
    assert analyst_client.post(ONE, {"act": "nonsense"}).status_code == 422
    abroad = make.QuestionFactory()
    assert analyst_client.post(f"{LIST}{abroad.slug}/", {"act": "drop"}).status_code == 404
