"""The two dials on every page: what the past says, that it leads on to the same past, and that it can't be edited."""

from __future__ import annotations

import re
from datetime import date

import pytest

from negotiations.models import Change
from tests import factories as make
from tests.pages import read
from tests.stories import record
from tests.views.board_pages import BOARD, board, cell
from tests.views.looking import look, questions

DIALS = {"as_of": "2026-01-07", "known_at": "6"}
PAGES = ["", "positions/germany/2/"] + [
    f"{noun}/{one}"
    for noun, one in {
        "parties": "germany/", "priorities": "2/", "people": "president/", "meetings": "summit/",
        "instruments": "plan/", "commitments": "promise/", "sources": "summit-report/",
        "contradictions": "dispute/", "questions": "asked/",
    }.items()
    for one in ("", one)
]  # fmt: skip


SHOWS_A_MOMENT = re.compile(
    r"/n/paris/((parties|priorities|people|meetings|instruments|commitments|sources|contradictions|questions)/"
    r"([^/]+/)?|positions/[^/]+/\d+/)?($|[?#])|\?"
)


@pytest.fixture
def told(talks):
    """A thing of each kind, which all were there before the stances of the talks: see `DIALS`."""
    make.MeetingFactory(negotiation=talks.negotiation, slug="summit", starts_on=date(2026, 1, 6))
    plan = make.InstrumentFactory(negotiation=talks.negotiation, slug="plan")
    make.CommitmentFactory(negotiation=talks.negotiation, slug="promise", party=talks.germany, instrument=plan)
    make.ContradictionFactory(negotiation=talks.negotiation, slug="dispute")
    make.QuestionFactory(negotiation=talks.negotiation, slug="asked", position=talks.cell(talks.germany, talks.force))
    return talks


@pytest.mark.parametrize("place", PAGES)
def test_every_page_says_that_it_is_past_carries_the_dials_on_and_offers_no_edit(place, told, curator_client):
    revision = told.workspace(make.UserFactory(is_superuser=True)).revision
    dials = {"as_of": "2026-01-07", "known_at": str(revision)}
    shown = read(look(curator_client, BOARD + place, **dials))
    band = shown.find("section", "past").text
    assert re.search(rf"As of 7 January 2026 · as known on .* \(revision {revision}\)", band)
    for link in shown.all("a"):
        href = link["href"]
        if "data-now" in link or not SHOWS_A_MOMENT.match(href):
            continue
        assert f"as_of=2026-01-07&known_at={revision}" in href, href
    for form in [*shown.all("form", "filter"), *shown.all("form", "find-here")]:
        assert dials.items() <= {i["name"]: i["value"] for i in form.all("input", type="hidden")}.items()
    words = " ".join(link["href"] for link in shown.all("a"))
    assert not re.search(r"/edit|/add|/admin/n|/cite|/decide", words), "nothing is edited from the past"
    assert not shown.find("main").all("form", method="post")
    assert shown.find("section", "past").find("a")["href"] == BOARD + place, "and a way back to today"


def test_the_present_carries_nothing_and_has_no_band(told, reader_client):
    for page in PAGES:
        shown = read(look(reader_client, BOARD + page))
        assert not shown.has("section", "past")
        assert not [a for a in shown.all("a") if "as_of=" in a["href"] and "known_at=" not in a["href"]]


def test_a_link_to_this_state_shows_the_same_after_more_is_recorded(told, analyst, reader_client):
    [link] = [a for a in board(reader_client).all("a") if a.text == "Link to this state"]
    record(told, told.germany, told.force, by=analyst, code="opposes", evidence=[told.neighbours])
    assert cell(board(reader_client), "germany", 2).find("span", "stance").text == "Opposes"
    kept = read(reader_client.get(link["href"]))
    assert cell(kept, "germany", 2).find("span", "stance").text == "Supports"


def test_what_is_sent_to_a_page_of_the_past_is_refused_and_changes_nothing(told, analyst_client):
    before = Change.objects.count()
    for page in ("positions/germany/2/edit", "questions/asked/", "contradictions/dispute/"):
        for dial in ("as_of=2026-01-07", "known_at=3", "public_by=2026-01-07"):
            response = analyst_client.post(f"{BOARD}{page}?{dial}", {"act": "save"})
            assert response.status_code == 400
            assert "You look at the past, where nothing can be changed." in read(response).text
    assert analyst_client.get(f"{BOARD}positions/germany/2/edit?as_of=2026-01-07").status_code == 400
    assert Change.objects.count() == before


def test_a_cell_of_the_past_shows_its_history_and_its_grades_as_they_were(told, curator, analyst, reader_client):
    known_at = told.workspace(curator).revision
    make.OutletGradingFactory(outlet=told.outlet, reliability="E")
    make.SourceGradingFactory(source=told.source, status="retracted")
    make.ClaimGradingFactory(quote=told.neighbours, credibility=5)
    record(told, told.germany, told.force, by=analyst, code="opposes", evidence=[told.send])
    page = f"{BOARD}positions/germany/2/"
    then = read(look(reader_client, page, known_at=known_at))
    now = read(look(reader_client, page))
    assert [len(p.find("ol", "hist").all("li")) for p in (then, now)] == [1, 2]
    assert then.find("span", "stance").text.startswith("Supports")
    assert "retracted" not in then.text and "retracted" in now.text
    grades = [[a.text for a in p.find("div", "cols").all("abbr", "grade")] for p in (then, now)]
    assert not [grade for grade in grades[0] if grade[0] == "E"] and {grade[0] for grade in grades[1]} == {"E"}
    assert "E5" in grades[1]
    board_then = board(reader_client, f"?known_at={known_at}")
    assert "1 origin" in cell(board_then, "germany", 2).find("span", "ev").text


def born(row):
    """Log a row as new, as it is in life; while its negotiation is being made, as here, nothing is logged."""
    change = make.ChangeFactory(negotiation=row.negotiation)
    make.RowEditFactory(change=change, table=row._meta.db_table, row=row.pk, before=None)


def test_lists_hold_what_was_recorded_had_come_or_was_public_by_then(told, reader_client):
    known_at = told.workspace(make.UserFactory(is_superuser=True)).revision
    talks = told.negotiation
    born(make.MeetingFactory(negotiation=talks, name="Later talks", starts_on=date(2026, 1, 9)))
    born(make.InstrumentFactory(negotiation=talks, name="Later plan", dated=date(2026, 1, 9)))
    promise = make.CommitmentFactory(negotiation=talks, text="A later promise", party=told.germany)
    born(promise)
    make.CommitmentEventFactory(commitment=promise, status="agreed", on=date(2026, 1, 9))
    born(make.SourceFactory(negotiation=talks, title="A later report", published_on=date(2026, 1, 9)))
    later = {"meetings": "Later talks", "instruments": "Later plan", "commitments": "A later promise"}
    for noun, name in later.items():
        page = f"{BOARD}{noun}/"
        assert name in read(look(reader_client, page)).find("main").text
        assert name not in read(look(reader_client, page, as_of="2026-01-08")).find("main").text
        assert name in read(look(reader_client, page, as_of="2026-01-09")).find("main").text
    for noun, name in (later | {"sources": "A later report"}).items():
        assert name not in read(look(reader_client, f"{BOARD}{noun}/", known_at=known_at)).find("main").text
    sources = f"{BOARD}sources/"
    assert "A later report" in read(look(reader_client, sources, as_of="2026-01-08")).text, "it may tell of that day"
    assert "A later report" not in read(look(reader_client, sources, public_by="2026-01-08")).find("main").text


def test_a_board_of_what_was_public_says_what_counts_there(told, reader_client):
    page = read(look(reader_client, BOARD, public_by="2020-01-01"))
    assert page.find("h1").text == "Nothing that was public by then tells a position"
    counts = "What counts are sources whose day of publication is known, and came by then."
    assert counts in page.text and counts not in read(look(reader_client, BOARD, as_of="2020-01-01")).text


@pytest.mark.parametrize("place", ["", "positions/germany/2/", "parties/germany/", "priorities/2/"])
def test_a_page_of_the_past_asks_few_questions_more_however_much_there_is(place, told, reader_client):
    def asked(**dials):
        query = "&".join(f"{name}={value}" for name, value in dials.items())
        return questions(reader_client, f"{BOARD}{place}?{query}")

    pasts = [{"as_of": "2026-01-07"}, {"known_at": "6"}, {"public_by": "2026-01-07"}]
    few = [asked(**past) for past in pasts]
    assert all(many <= asked() + more for many, more in zip(few, (3, 10, 3), strict=True))
    for n in range(20):
        party = make.PartyFactory(negotiation=told.negotiation, slug=f"state-{n}")
        make.StanceFactory(position=told.cell(party, told.force), depends_on=[told.germany], evidence=[told.send])
    assert [asked(**past) for past in pasts] <= [many + 1 for many in few]
