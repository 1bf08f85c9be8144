"""The page, the file, the feed and the board's marks of what changed."""

from __future__ import annotations

from datetime import date

from negotiations.models import Visit
from tests import factories as make
from tests.pages import read
from tests.stories import record
from tests.views.board_pages import BOARD, board, cell
from tests.views.looking import look, questions

COMPARE = f"{BOARD}compare/"


def test_the_board_marks_what_changed_with_what_it_was(talks, analyst, reader_client):
    before = talks.workspace(analyst).revision
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.neighbours])
    page = board(reader_client, f"?compare={before}")
    germany = cell(page, "germany", 2)
    assert "is-changed" in germany.classes
    mark = germany.find("span", "delta")
    assert (mark.text, mark.find("use")["href"]) == ("Δ, changed, was supports", "#g-supports")
    assert not cell(page, "france", 2).has("span", "delta")
    assert f"1 cell changed since revision {before}." in page.find("p", "dek").text
    narrowed = board(reader_client, f"?compare={before}&mark=changed")
    assert "recede" in cell(narrowed, "france", 2).classes and "recede" not in cell(narrowed, "germany", 2).classes
    assert not board(reader_client, "?mark=changed").has("td", "recede"), "where nothing is compared it is no filter"
    kept = narrowed.find("form", "legend").all("input", type="hidden")
    assert ("compare", str(before)) in [(i["name"], i["value"]) for i in kept]


def test_the_page_tells_each_change_with_its_cause_and_leads_to_the_act(talks, analyst, reader_client):
    before = talks.workspace(analyst).revision
    record(
        talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.neighbours], why="Read <anew>."
    )
    page = read(look(reader_client, COMPARE, **{"from": before}))
    assert page.find("h1").text == "1 cell changed"
    row = page.find("tbody").text
    assert "Germany × 2 Deploy a force Supports Opposes away from it, 2 steps" in row
    assert "We learned late" in row and "Read <anew>." in row
    assert page.has("a", href=f"{BOARD}changes/{before + 1}/")
    assert page.has("a", href=f"{BOARD}?compare={before}")
    assert read(look(reader_client, COMPARE)).find("h1").text == "What changed"
    assert read(look(reader_client, COMPARE, **{"from": before + 1})).find("h1").text == "Nothing changed"
    csv = look(reader_client, f"{BOARD}compare.csv", **{"from": before})
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert csv.content.startswith(b"\xef\xbb\xbfparty,")
    everything = look(reader_client, f"{BOARD}compare.csv").content.decode()
    assert len(everything.splitlines()) == 1 + 5, "all that is known now"
    refused = reader_client.get(COMPARE, {"from": "nowhere", "to": "2026-01-06"})
    assert refused.status_code == 400
    assert "What is compared is a meeting" in read(refused).find("p", "note").text
    kept = read(refused).find("form", "filter")
    assert [kept.find("input", name=name)["value"] for name in ("from", "to")] == ["nowhere", "2026-01-06"]


def test_a_cell_leads_to_what_changed_in_it_alone(talks, analyst, reader_client):
    before = talks.workspace(analyst).revision
    make.MeetingFactory(negotiation=talks.negotiation, slug="summit", name="Summit", starts_on=date(2026, 1, 5))
    for party in (talks.germany, talks.france):
        record(talks, party, talks.force, by=analyst, code="opposes", evidence=[talks.neighbours])
    germany = read(look(reader_client, f"{BOARD}positions/germany/2/"))
    assert germany.has("a", href=f"{COMPARE}?from=last-meeting&cell=germany:2")
    page = read(look(reader_client, COMPARE, **{"from": before, "cell": "germany:2"}))
    assert page.find("h1").text == "This cell changed"
    assert [row.find("a").text for row in page.find("tbody").all("tr")] == ["Germany"]
    assert page.find("input", type="hidden", name="cell")["value"] == "germany:2"
    other = read(look(reader_client, COMPARE, **{"from": before, "cell": "russia:2"}))
    assert other.find("h1").text == "This cell shows the same"
    csv = look(reader_client, f"{BOARD}compare.csv", **{"from": before, "cell": "germany:2"}).content.decode()
    assert len(csv.splitlines()) == 1 + 1
    assert reader_client.get(COMPARE, {"from": before, "cell": "nobody:2"}).status_code == 404


def test_the_feed_tells_what_changed_since_the_last_meeting(talks, reader_client):
    def feed():
        return look(reader_client, f"{BOARD}changes.atom").content.decode()

    assert "Since " not in feed()
    make.MeetingFactory(negotiation=talks.negotiation, slug="summit", name="Summit", starts_on=date(2026, 1, 5))
    told = feed()
    assert "Since Summit, 5 January 2026: 5 cells changed" in told
    assert "Russia × 2 Deploy a force: Not enough evidence → Rejects (onto the scale)" in told
    assert "compare/?from=summit" in told
    filtered = look(reader_client, f"{BOARD}changes.atom", party="russia").content.decode()
    assert "Since Summit" not in filtered


def test_a_meeting_tells_what_changed_in_its_days_and_what_else_rests_on_its_words(talks, reader_client):
    make.MeetingFactory(negotiation=talks.negotiation, slug="summit", name="Summit", starts_on=date(2026, 1, 6))
    page = read(look(reader_client, f"{BOARD}meetings/summit/"))
    changed = page.find("section", **{"aria-labelledby": "changed"})
    assert "The board of 5 January 2026 against that of 6 January 2026" in changed.text
    assert len(changed.find("tbody").all("tr")) == 5
    before = read(look(reader_client, f"{BOARD}meetings/summit/", as_of="2026-01-05"))
    assert "had not come" in before.find("section", **{"aria-labelledby": "changed"}).text


def test_only_somebody_who_looks_is_marked_as_a_visitor(talks, reader, reader_client, nobody):
    reader_client.head(BOARD)
    reader_client.get(BOARD, headers={"Sec-Purpose": "prefetch"})
    reader_client.get(BOARD, headers={"Parley-Live": "1"})
    assert not Visit.objects.exists()
    reader_client.get(BOARD)
    assert Visit.objects.get().user == reader
    asked = questions(reader_client, BOARD)
    assert questions(reader_client, f"{BOARD}?compare=1") <= asked + 6


def test_a_brief_is_marked_for_oneself_at_the_revision_that_was_shown(talks, analyst, reader, reader_client, client):
    shown = talks.workspace(analyst).revision
    page = read(look(reader_client, COMPARE))
    form = page.find("form", "brief")
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.neighbours])
    sent = {"revision": form.find("input", type="hidden", name="revision")["value"]}
    assert reader_client.post(form["action"], sent).status_code == 302
    assert (Visit.objects.get(kind="brief").revision, Visit.objects.get(kind="brief").user) == (shown, reader)
    since = read(look(reader_client, COMPARE, **{"from": "last-brief"}))
    assert since.find("h1").text == "1 cell changed"
    assert reader_client.post(form["action"], {"revision": "x"}).status_code == 400


def test_a_board_compared_with_ones_own_mark_is_never_taken_for_unchanged(talks, reader_client):
    """A visit or a brief moves that mark without a revision."""
    reader_client.post(f"{COMPARE}briefed", {"revision": "1"})
    look(reader_client, COMPARE)  # what the brief's answer says once is said
    kept = look(reader_client, BOARD, compare="last-brief")
    assert "ETag" not in kept and "ETag" in look(reader_client, BOARD, compare="1")
