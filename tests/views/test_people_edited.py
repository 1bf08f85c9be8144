"""Analysts add people and edit them: names, titles, party."""

from __future__ import annotations

import pytest

from negotiations.models import Change, Person
from tests import factories as make
from tests.pages import filled_in, read
from tests.views.cell_pages import errors
from tests.views.entry_pages import NO_IDS, NO_NAMES, done, last_act, opened, send, sent_again, typed
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/people/"
ADD = LIST + "add"
PRESIDENT = LIST + "president/"
EDIT = PRESIDENT + "edit"


@pytest.mark.django_db(transaction=True)
def test_an_analyst_adds_a_person(world, analyst, analyst_client):
    assert ADD in links(look(analyst_client, LIST))
    response = send(
        analyst_client,
        ADD,
        name="Michael O’Hara",
        party=world.germany.pk,
        titles="Minister of Defence\r\n\r\n  Envoy ",
        aliases="Ó hEadhra",
        why="The report names him.",
    )
    assert done(response) == LIST + "michael-ohara/"
    person = Person.objects.get(slug="michael-ohara")
    assert (person.party, person.titles, person.aliases) == (
        world.germany,
        ["Minister of Defence", "Envoy"],
        ["Ó hEadhra"],
    )
    said = words(look(analyst_client, LIST + "michael-ohara/"))
    assert "Minister of Defence, Envoy, for Germany" in said
    act, edits = last_act()
    assert (act.by, act.verb, act.what, act.why) == (
        analyst,
        "added",
        "person Michael O’Hara",
        "The report names him.",
    )
    assert [(edit.before, edit.after["name"]) for edit in edits] == [(None, "Michael O’Hara")]


@pytest.mark.django_db(transaction=True)
def test_an_analyst_edits_a_person(world, analyst_client):
    assert EDIT in links(look(analyst_client, PRESIDENT))
    response = send(analyst_client, EDIT, name="The Chancellor", party=world.germany.pk, why="Was mistaken.")
    assert done(response) == PRESIDENT
    person = Person.objects.get()
    assert (person.slug, person.name, person.party) == ("president", "The Chancellor", world.germany)
    act, (edit,) = last_act()
    assert (act.verb, act.what, act.why) == ("changed", "person The Chancellor", "Was mistaken.")
    assert set(edit.before) == {"name", "party_id"}


@pytest.mark.django_db(transaction=True)
def test_who_saves_second_sees_both_and_saves_on_top(world, analyst_client, second_analyst_client):
    mine = opened(analyst_client, EDIT)
    send(second_analyst_client, EDIT, titles="Head of state", party=world.germany.pk, why="Theirs.")
    response = analyst_client.post(EDIT, typed(mine, titles="President\r\nHost", name="A President", why="Mine."))
    assert response.status_code == 409
    page = read(response)
    lines = page.find("table", "meanwhile").all("tr")[1:]
    rows = {line.find("th").text: [cell.text for cell in line.all("td")] for line in lines}
    assert rows == {
        "Titles": ["nothing", "Head of state", "President Host Take what stands now"],
        "Party": ["France", "Germany", "as it stands now"],
    }
    assert sent_again(analyst_client, EDIT, response).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.titles, person.party) == ("A President", ["President", "Host"], world.germany)


def test_what_can_not_be_is_told_at_its_place_and_kept(world, analyst_client):
    abroad = make.PartyFactory()
    before, form = Change.objects.count(), opened(analyst_client, ADD)
    right = {"name": "A <b> Minister", "party": str(world.france.pk), "titles": "Minister", "aliases": "M\r\nN"}
    wrongs = [
        *(({"name": name}, "name") for name in NO_NAMES),
        *(({"party": party}, "party") for party in ["", *NO_IDS, str(abroad.pk)]),
        ({"titles": "x" * 201}, "titles"),
        ({"aliases": "a\r\nb\x1b"}, "aliases"),
        ({"description": "x" * 20_001}, "description"),
        ({"why": "a\x00"}, "why"),
    ]
    for wrong, place in wrongs:
        response = analyst_client.post(ADD, typed(form, **(right | wrong)))
        assert response.status_code == 422, wrong
        page = read(response)
        assert page.has("a", href=f"#id_{place}"), (wrong, errors(page))
        assert page.find("ul", "errorlist", id=f"id_{place}_error").text in errors(page), "a sentence, no list of them"
        assert "['" not in errors(page)
        sent = filled_in(page.find("form", "entry"))
        kept = {name: [value.replace("\r\n", "\n")] for name, value in right.items() if name not in wrong}
        assert {name: [sent[name][0].replace("\r\n", "\n")] for name in kept} == kept
    assert (Person.objects.count(), Change.objects.count()) == (1, before)


def test_readers_may_do_nothing_and_strangers_are_not_there(world, reader_client, outsider_client, analyst_client):
    for address in (LIST, PRESIDENT):
        assert not {ADD, EDIT} & links(look(reader_client, address))
    for address in (ADD, EDIT):
        assert reader_client.post(address, {"name": "Mine"}).status_code == 403
        assert outsider_client.get(address).status_code == 404
    abroad = make.PersonFactory()
    assert analyst_client.post(f"{LIST}{abroad.slug}/edit", {"name": "Mine"}).status_code == 404


def test_where_nobody_is_named_yet_analysts_are_led_on(negotiation, analyst_client, reader_client):
    assert ADD in links(look(analyst_client, LIST))
    assert "Analysts of this negotiation add the people whom sources name." in words(look(reader_client, LIST))


def test_the_form_asks_a_fixed_number_of_questions(world, analyst_client):
    few = questions(analyst_client, ADD), questions(analyst_client, EDIT)
    for _ in range(27):
        make.PersonFactory(party=make.PartyFactory(negotiation=world.negotiation))
    assert (questions(analyst_client, ADD), questions(analyst_client, EDIT)) == few
    assert few[0] <= 4 and few[1] <= 6, few
