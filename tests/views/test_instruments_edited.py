"""Analysts add instruments and edit them: what each replaces, and who signed, with the words that tell of it."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.models import Change, Instrument, Signature
from tests import factories as make
from tests.admin.pages import page_of, save
from tests.pages import filled_in, read
from tests.views.cell_pages import errors
from tests.views.entry_pages import (
    NO_DAYS,
    NO_IDS,
    NO_NAMES,
    done,
    entry_form,
    last_act,
    opened,
    send,
    sent_again,
    typed,
)
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/instruments/"
ADD = LIST + "add"
DRAFT = LIST + "draft/"
EDIT = DRAFT + "edit"


@pytest.fixture
def draft(world):
    row = make.InstrumentFactory(negotiation=world.negotiation, slug="draft", name="Draft declaration")
    make.SignatureFactory(instrument=row, party=world.germany, state="signed", quote=world.neighbours)
    return row


def signed(instrument):
    return {
        s.party.slug: (s.state, s.quote and s.quote.slug, s.source and s.source.slug, s.locator)
        for s in instrument.signatures.all()
    }


def test_of_whom_nothing_is_told_that_is_offered_below_those_who_signed(world, draft, analyst_client):
    make.SignatureFactory(instrument=draft, party=world.france, state="signed", quote=world.send)
    rows = read(analyst_client.get(EDIT)).find("fieldset", "links").all("li")
    first_select = [row.find("select") for row in rows]
    chosen = [[option.text for option in select.all("option") if "selected" in option] for select in first_select]
    assert chosen == [["Signed"], ["Signed"], ["Nothing is told"]]


@pytest.mark.django_db(transaction=True)
def test_an_analyst_adds_an_instrument_with_who_signed(world, draft, analyst, analyst_client):
    assert ADD in links(look(analyst_client, LIST))
    page = read(analyst_client.get(ADD))
    rows = [row["aria-label"] for row in page.find("fieldset", "links").all("li")]
    assert rows == ["Signatures, France", "Signatures, Germany", "Signatures, Russia"], "in the order of the board"
    response = send(
        analyst_client,
        ADD,
        name="Final communiqué",
        kind="communique",
        seen="published",
        dated="2026-01-06",
        replaces=draft.pk,
        signatures__0__state="signed",
        signatures__0__quote=world.send.pk,
        signatures__1__state="not_signed",
        signatures__1__source="summit-report",
        signatures__1__locator="last line",
        why="It is out.",
    )
    assert done(response) == LIST + "final-communique/"
    made = Instrument.objects.get(slug="final-communique")
    assert (made.replaces, made.dated, made.seen) == (draft, date(2026, 1, 6), "published")
    assert signed(made) == {
        "france": ("signed", "france-send", None, ""),
        "germany": ("not_signed", None, "summit-report", "last line"),
    }, "of Russia nothing is told, so there is no row"
    act, edits = last_act()
    assert (act.by, act.verb, act.what, act.why) == (analyst, "added", "instrument Final communiqué", "It is out.")
    assert [edit.table for edit in edits] == ["negotiations_instrument", *["negotiations_signature"] * 2]
    said = words(look(analyst_client, LIST + "final-communique/"))
    assert "France | Signed | “we will send them”" in said


@pytest.mark.django_db(transaction=True)
def test_an_analyst_edits_who_signed(world, draft, analyst_client):
    assert EDIT in links(look(analyst_client, DRAFT))
    form = opened(analyst_client, EDIT)
    assert [form[f"signatures-{n}-party"] for n in range(3)] == [
        [str(party.pk)] for party in (world.germany, world.france, world.russia)
    ]
    response = analyst_client.post(
        EDIT,
        typed(form, signatures__0__DELETE="on", signatures__2__state="not_asked", signatures__2__note="nobody would"),
    )
    assert response.status_code == 422
    assert "Say why you change this." in errors(read(response))
    assert done(sent_again(analyst_client, EDIT, response, why="It was another text.")) == DRAFT
    assert signed(draft) == {"russia": ("not_asked", None, None, "")}
    assert last_act()[0].what == "instrument Draft declaration"


def test_quotes_are_found_by_their_words(world, draft, analyst_client):
    for number in range(25):
        exact = world.snapshot.text[number : number + 12]
        make.QuoteFactory(snapshot=world.snapshot, exact=exact, start=number, end=number + 12)
    page = read(analyst_client.get(ADD))
    offered = [option.text for option in page.find("select", id="id_signatures-0-quote").all("option")]
    assert len(offered) == 21, "none, and the first twenty"
    response = send(analyst_client, ADD, htmx=True, act="find", words="unacceptable", name="Typed <before>")
    assert response.status_code == 200
    page = read(response)
    assert filled_in(page.find("form", "entry"))["name"] == ["Typed <before>"]
    offered = [option.text for option in page.find("select", id="id_signatures-0-quote").all("option")]
    assert offered == ["–", "“unacceptable 🚫 to us” Russia, After the summit"]
    sent = filled_in(page.find("form", "entry"))
    chosen = {"signatures-2-state": "not_signed", "signatures-2-quote": str(world.unacceptable.pk), "words": "send"}
    page = read(analyst_client.post(ADD, {**sent, **chosen, "act": "find"}))
    form = page.find("form", "entry")
    assert filled_in(form)["signatures-2-quote"] == [str(world.unacceptable.pk)], "what is chosen stays on offer"
    assert analyst_client.post(ADD, {**filled_in(form), "kind": "plan", "act": "save"}).status_code == 302
    assert signed(Instrument.objects.get(kind="plan"))["russia"][1] == "russia-no"


@pytest.mark.django_db(transaction=True)
def test_who_saves_second_sees_both_and_loses_nothing(world, draft, analyst_client, second_analyst_client):
    mine = opened(analyst_client, EDIT)  # Germany, France, Russia
    send(
        second_analyst_client,
        EDIT,
        signatures__0__note="late",
        signatures__1__state="signed",
        signatures__1__quote=world.send.pk,
        signatures__2__state="not_asked",
        seen="seen",
        why="Theirs.",
    )
    response = analyst_client.post(
        EDIT,
        typed(
            mine,
            signatures__2__state="not_signed",
            signatures__2__source="summit-report",
            signatures__2__locator="p. 2",
            name="The draft",
            why="Mine.",
        ),
    )
    assert response.status_code == 409
    page = read(response)
    lines = page.find("table", "meanwhile").all("tr")[1:]
    rows = {line.find("th").text: [cell.text for cell in line.all("td")] for line in lines}
    assert rows["Text seen"] == ["Unknown", "Seen, not published", "as it stands now"]
    assert "France, Signed, “we will send them”" in rows["Signatures"][1]
    assert "Russia, Did not sign, After the summit, p. 2" in rows["Signatures"][2]
    assert done(sent_again(analyst_client, EDIT, response)) == DRAFT
    assert signed(draft) == {
        "germany": ("signed", "germany-neighbours", None, ""),
        "france": ("signed", "france-send", None, ""),
        "russia": ("not_signed", None, "summit-report", "p. 2"),
    }
    draft.refresh_from_db()
    assert (draft.name, draft.seen, draft.signatures.get(party=world.germany).note) == ("The draft", "seen", "late")


def test_what_can_not_be_is_told_at_its_place_and_kept(world, draft, analyst_client):
    abroad = make.QuoteFactory()
    before, form = Change.objects.count(), opened(analyst_client, EDIT)
    france = "signatures__1__"  # Germany has the first row
    wrongs = [
        *(({"name": name}, "name") for name in NO_NAMES),
        *(({"dated": day}, "dated") for day in NO_DAYS),
        *(({"replaces": wrong}, "replaces") for wrong in NO_IDS),
        *(({france + "state": "signed", france + "quote": wrong}, "signatures-1-quote") for wrong in NO_IDS),
        ({france + "state": "signed", france + "quote": str(abroad.pk)}, "signatures-1-quote"),
        ({france + "state": "signed", france + "source": "nowhere"}, "signatures-1-source"),
        ({france + "state": "maybe"}, "signatures-1-state"),
        ({france + "note": "Only a note"}, "signatures-1-state"),
        ({france + "locator": "x" * 301, france + "state": "signed"}, "signatures-1-locator"),
        ({france + "party": str(abroad.negotiation_id), france + "state": "unknown"}, "signatures-1-party"),
        ({"replaces": str(draft.pk)}, "An instrument can't replace itself."),
        ({france + "state": "signed"}, "Say which quote, or where in which source, tells of it."),
        ({france + "party": str(world.germany.pk), france + "state": "unknown"}, "Germany stands here twice."),
    ]
    for wrong, place in wrongs:
        response = analyst_client.post(EDIT, typed(form, **({"description": "A <b> text", "why": "Try."} | wrong)))
        assert response.status_code == 422, wrong
        page = read(response)
        if " " in place:
            assert place in errors(page)
        else:
            assert page.has("a", href=f"#id_{place}"), (wrong, errors(page))
        assert filled_in(page.find("form", "entry"))["description"] == ["A <b> text"]
    assert (Signature.objects.count(), Change.objects.count()) == (1, before)


def test_a_quote_that_somebody_undid_is_not_there(world, draft, analyst_client, curator_client):
    form = opened(analyst_client, EDIT)
    make.ChangeFactory(negotiation=world.negotiation, verb="undid", undoes=world.send.revision)
    sent = {"signatures__1__state": "signed", "signatures__1__quote": world.send.pk, "why": "Read it."}
    response = analyst_client.post(EDIT, typed(form, **sent))
    assert response.status_code == 422
    assert "Choose one of the quotes of this negotiation." in errors(read(response))
    sent |= {"signatures__1__party": world.russia.pk, "signatures__1__quote": "send-them"}
    told = save(curator_client, page_of(draft), **sent)
    assert "There is no quote “send-them” in this negotiation." in words(told)
    assert set(signed(draft)) == {"germany"}


def test_readers_may_do_nothing_and_strangers_are_not_there(
    world, draft, reader_client, outsider_client, analyst_client
):
    for address in (LIST, DRAFT):
        assert not {ADD, EDIT} & links(look(reader_client, address))
    for address in (ADD, EDIT):
        assert reader_client.post(address, {"name": "Mine"}).status_code == 403
        assert outsider_client.get(address).status_code == 404
    abroad = make.InstrumentFactory()
    assert analyst_client.post(f"{LIST}{abroad.slug}/edit", {"name": "Mine"}).status_code == 404


def test_where_there_is_none_yet_analysts_are_led_on(negotiation, analyst_client, reader_client):
    assert ADD in links(look(analyst_client, LIST))
    assert "Analysts of this negotiation add the texts that are negotiated." in words(look(reader_client, LIST))
    assert entry_form(analyst_client.get(ADD)).has("fieldset", id="signatures"), "also before there is a party"


def test_the_form_asks_as_much_for_thirty_as_for_three(world, draft, analyst_client):
    few = questions(analyst_client, ADD), questions(analyst_client, EDIT)
    for _ in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        quote = make.QuoteFactory(snapshot=world.snapshot)
        make.SignatureFactory(instrument=draft, party=party, state="signed", quote=quote)
        make.MeetingFactory(negotiation=world.negotiation)
    assert (questions(analyst_client, ADD), questions(analyst_client, EDIT)) == few
    assert few[0] <= 14 and few[1] <= 18, few
