"""Two analysts, one cell: the second sees both versions side by side, and nothing of either is lost."""

from __future__ import annotations

import pytest

from negotiations.models import Stance
from tests.pages import Element, filled_in, read
from tests.stories import record
from tests.views.cell_pages import CELL, EDIT, EMPTY, errors, facts, page, recorded, send, typed

MINE = {
    "code": "rejects",
    "rationale": "Mine: it rules it out.",
    "conditions": "Mine: if asked",
    "limits": "Mine: no ships",
    "depends_on": ["russia"],
    "confidence": "high",
    "held_from": "2026-01-08",
    "precision": "day",
    "why": "Mine: heard it on the radio.",
}
THEIRS = {
    "code": "opposes",
    "rationale": "Theirs: it is against it.",
    "conditions": "Theirs: if pressed",
    "limits": "Theirs: no planes",
    "confidence": "moderate",
    "red_line": True,
    "precision": "by",
}


@pytest.fixture
def outdated(judged, second_analyst, analyst_client):
    """Anna has opened the form; then Anton records; what Anna sends is told here."""
    evidence = {f"bearing-{judged.neighbours.pk}": "", f"bearing-{judged.unacceptable.pk}": "supports"}
    data = typed(analyst_client, **MINE, **evidence)
    record(
        judged, judged.germany, judged.force, by=second_analyst, why="Anton read it.", evidence=[judged.send],
        contradicted_by=[judged.neighbours], depends_on=(judged.france.pk,), **THEIRS,
    )  # fmt: skip
    return data


def conflict(response) -> Element:
    assert response.status_code == 409
    return read(response)


def rows(shown: Element) -> dict[str, tuple[str, str]]:
    """Each field of the page: what is theirs, what is mine."""
    lines = [row for row in shown.find("table", "conflict").find("tbody").all("tr") if "merge" not in row.classes]
    return {row.find("th").text: tuple(said(td) for td in row.all("td")) for row in lines}


def said(version: Element) -> str:
    """What a version says, without what it struck out and what is told about it."""

    def words(element: Element) -> str:
        if element.tag in ("del", "small") or "vh" in element.classes:
            return ""
        if element.tag == "br":
            return "\n"
        return "".join(child if isinstance(child, str) else words(child) for child in element.children)

    return " ".join(words(version).split())


def struck(shown: Element, label: str) -> list[tuple[list[str], list[str]]]:
    """Of a row, for either version: what it struck out of where both began, and what it put in."""
    [row] = [row for row in shown.find("table", "conflict").all("tr") if row.find("th").text == label]
    return [
        tuple([each.text.partition(": ")[2] for each in td.all(tag)] for tag in ("del", "ins")) for td in row.all("td")
    ]


def picking(shown: Element, **picks: str) -> dict[str, object]:
    """What a browser sends of the page with these rows picked, such as `code="theirs"`."""
    form = shown.find("form", action=EDIT)
    return filled_in(form, act="save", **{f"pick-{name}": side for name, side in picks.items()})


@pytest.mark.parametrize("htmx", [False, True])
def test_both_versions_stand_side_by_side_and_nothing_is_written(htmx, outdated, analyst_client):
    before = recorded()
    shown = conflict(send(analyst_client, outdated, htmx=htmx))
    assert recorded() == before
    assert shown.has("title") != htmx
    note = shown.find("div", "note", role="alert").text if htmx else errors(shown)
    assert note.startswith("Anton Analyst recorded a newer stance while you were editing. You started from stance 1;")
    assert "(“Anton read it.”)" in note
    assert rows(shown) == {
        "Stance": ("Opposes", "Rejects"),
        "Rationale": ("Theirs: it is against it.", "Mine: it rules it out."),
        "Conditions": ("Theirs: if pressed", "Mine: if asked"),
        "Limits": ("Theirs: no planes", "Mine: no ships"),
        "Depends on": ("France", "Russia"),
        "Red line": ("Yes", "No"),
        "Confidence": ("Moderate", "High"),
        "Held from": ("by 6 January 2026", "8 January 2026"),
        "Evidence": (
            "contradicts: “in neighbouring countries” supports: “we will send them”",
            "supports: “unacceptable 🚫 to us”",
        ),
        "Reason": ("Anton read it.", "Mine: heard it on the radio."),
    }


def test_what_differs_is_picked_as_mine_and_what_is_the_same_is_marked(judged, second_analyst, analyst_client):
    data = typed(analyst_client, limits="Mine", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, rationale="Berlin offers to help from next door.",
           limits="Theirs", evidence=[judged.neighbours])  # fmt: skip
    shown = conflict(send(analyst_client, data))
    table = shown.find("table", "conflict")
    same = {row.find("th").text for row in table.all("tr", "same")}
    assert same == {"Stance", "Rationale", "Depends on", "Red line", "Confidence", "Held from", "Evidence"}
    picks = filled_in(shown.find("form", action=EDIT))
    assert (picks["pick-limits"], picks["pick-rationale"]) == (["mine"], ["theirs"])


def test_what_i_did_not_touch_never_undoes_what_a_colleague_changed(judged, second_analyst, analyst_client):
    data = typed(analyst_client, code="rejects", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, conditions="Theirs: only if asked",
           rationale="Theirs.", evidence=[judged.neighbours])  # fmt: skip
    shown = conflict(send(analyst_client, data))
    picks = filled_in(shown.find("form", action=EDIT))
    assert (picks["pick-conditions"], picks["pick-rationale"], picks["pick-code"]) == (["theirs"], ["theirs"], ["mine"])
    assert send(analyst_client, picking(shown)).status_code == 302
    newest = Stance.objects.get(seq=3)
    assert (newest.code, newest.conditions) == ("rejects", "Theirs: only if asked")


FIELDS = {
    "code": lambda facts, shown: shown.find("div", "verdict").find("span", "stance").text.removesuffix(", red line"),
    "rationale": lambda facts, shown: shown.find("div", "plate").all("p")[-1].text,
    "conditions": lambda facts, shown: facts["Conditions"],
    "limits": lambda facts, shown: facts["Limits"],
    "depends_on": lambda facts, shown: facts["Depends on"],
    "red_line": lambda facts, shown: facts["Red line"].partition(":")[0],
    "confidence": lambda facts, shown: facts["Confidence"].partition(" ")[0],
    "held_from": lambda facts, shown: facts["Held from"],
    "evidence": lambda facts, shown: " ".join(
        quote.text for quote in shown.find("div", "cols").find("div").all("blockquote")
    ),
}
SIDES = {
    "theirs": {
        "code": "Opposes", "rationale": "Theirs: it is against it.", "conditions": "Theirs: if pressed",
        "limits": "Theirs: no planes", "depends_on": "France", "red_line": "Yes", "confidence": "Moderate",
        "held_from": "by 6 January 2026", "evidence": "“we will send them” “in neighbouring countries”",
    },
    "mine": {
        "code": "Rejects", "rationale": "Mine: it rules it out.", "conditions": "Mine: if asked",
        "limits": "Mine: no ships", "depends_on": "Russia", "red_line": "No", "confidence": "High",
        "held_from": "8 January 2026", "evidence": "“unacceptable 🚫 to us”",
    },
}  # fmt: skip


@pytest.mark.parametrize("bit", [0, 1, 2, 3])
@pytest.mark.parametrize("first", SIDES)
def test_each_field_is_taken_from_the_side_that_is_picked(first, bit, outdated, analyst_client):
    """Of any two fields some hand picks one from here and one from there: their places differ in one of four bits."""
    second = "theirs" if first == "mine" else "mine"
    picks = {name: second if place >> bit & 1 else first for place, name in enumerate(FIELDS)}
    data = picking(conflict(send(analyst_client, outdated)), **picks) | {"cause": "learned"}
    assert send(analyst_client, data).status_code == 302
    after = page(analyst_client)
    told = {name: look(facts(after), after) for name, look in FIELDS.items()}
    assert told == {name: SIDES[side][name] for name, side in picks.items()}
    newest = after.find("ol", "hist").find("li")
    assert "stance 3" in newest.text and "Mine: heard it on the radio." in newest.text


def test_the_picked_rows_are_recorded_on_top_of_the_colleagues(outdated, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    assert shown.find("button", value="save").text == "Record the picked rows as stance 3"
    assert send(analyst_client, picking(shown)).status_code == 302
    assert list(Stance.objects.order_by("seq").values_list("seq", "code")) == [
        (1, "supports"), (2, "opposes"), (3, "rejects"),
    ]  # fmt: skip


def test_what_was_to_be_replaced_and_has_been_is_not_replaced_again(judged, second_analyst, analyst_client):
    """Both correct stance 1: the second then corrects the first's correction."""
    data = typed(analyst_client, cause="corrected", replaces="1", code="opposes", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, cause="corrected", replaces=1, code="neutral",
           evidence=[judged.neighbours])  # fmt: skip
    shown = conflict(send(analyst_client, data))
    resolved = picking(shown)
    assert resolved["cause"] == ["corrected"]
    assert send(analyst_client, resolved).status_code == 302
    assert Stance.objects.get(seq=3).replaces == 2


def test_a_resolved_conflict_sent_twice_is_recorded_once(judged, second_analyst, analyst_client):
    data = typed(analyst_client, cause="corrected", replaces="1", code="opposes", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, cause="corrected", replaces=1, limits="Theirs",
           evidence=[judged.neighbours])  # fmt: skip
    resolved = picking(conflict(send(analyst_client, data)), limits="theirs", rationale="theirs")
    assert [send(analyst_client, resolved)["Location"] for _ in range(2)] == [CELL, CELL]
    assert Stance.objects.count() == 3


def test_going_on_editing_brings_the_picked_rows_back_into_the_form(outdated, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    before = recorded()
    picks = dict.fromkeys(("limits", "red_line", "held_from", "evidence", "depends_on"), "theirs")
    response = send(analyst_client, picking(shown, **picks) | {"act": "edit"})
    assert response.status_code == 200
    form = read(response).find("form", action=EDIT)
    again = filled_in(form)
    assert (again["code"], again["rationale"]) == (["rejects"], ["Mine: it rules it out."])
    assert (again["limits"], again["red_line"], again["depends_on"]) == (["Theirs: no planes"], ["on"], ["france"])
    assert (again["held_from"], again["precision"]) == (["2026-01-06"], ["by"])
    bearings = {name: value for name, value in again.items() if name.startswith("bearing-") and value != [""]}
    assert sorted(bearings.values()) == [["contradicts"], ["supports"]]
    assert again["why"] == ["Mine: heard it on the radio."]
    assert recorded() == before
    assert send(analyst_client, again | {"act": "save"}).status_code == 302, "based on the newest stance now"


def test_a_second_colleague_meanwhile_shows_the_conflict_anew(judged, outdated, second_analyst, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    record(judged, judged.germany, judged.force, by=second_analyst, why="Once more.", limits="Even newer",
           evidence=[judged.send])  # fmt: skip
    shown = conflict(send(analyst_client, picking(shown, limits="theirs", code="mine")))
    told = rows(shown)
    assert told["Limits"] == ("Even newer", "Theirs: no planes"), "what was picked is mine now"
    assert told["Stance"] == ("Supports", "Rejects")
    picks = filled_in(shown.find("form", action=EDIT))
    assert (picks["pick-limits"], picks["pick-code"]) == (["theirs"], ["mine"]), (
        "only what was typed is held against it"
    )
    assert send(analyst_client, picking(shown, limits="mine")).status_code == 302
    assert Stance.objects.get(seq=4).limits == "Theirs: no planes"


def test_two_first_records_of_an_empty_cell_meet_as_well(judged, second_analyst, analyst_client):
    data = typed(
        analyst_client, EMPTY + "edit", code="rejects", rationale="Mine.", held_from="2026-01-06", why="Mine.",
        **{f"bearing-{judged.neighbours.pk}": "supports"},
    )  # fmt: skip
    record(judged, judged.germany, judged.monitoring, by=second_analyst, code="supports", evidence=[judged.send])
    shown = conflict(send(analyst_client, data, EMPTY + "edit"))
    assert "You started from an empty cell; stance 1 was recorded" in errors(shown)
    resolved = filled_in(shown.find("form", action=EMPTY + "edit"), act="save")
    assert resolved["cause"] == ["rejudged"], "it is no first record any more"
    assert send(analyst_client, resolved, EMPTY + "edit").status_code == 302
    told = page(analyst_client, EMPTY).find("ol", "hist").find("li").text
    assert "Rejects, from Supports" in told and "replaces 1" in told


def test_theirs_may_be_a_withdrawal(judged, second_analyst, analyst_client):
    data = typed(analyst_client, limits="Mine", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, cause="withdrawn", replaces=1, code="")
    shown = conflict(send(analyst_client, data))
    assert rows(shown)["Stance"] == ("Withdrawn", "Supports")
    assert filled_in(shown.find("form", action=EDIT))["pick-code"] == ["mine"]
    assert send(analyst_client, picking(shown) | {"cause": "moved"}).status_code == 302
    assert send(analyst_client, typed(analyst_client, why="Again.")).status_code == 302


def test_theirs_may_be_that_nothing_is_known(judged, second_analyst, analyst_client):
    data = typed(analyst_client, EMPTY + "edit", code="rejects", rationale="Mine.", held_from="2026-01-06",
                 why="Mine.", **{f"bearing-{judged.neighbours.pk}": "supports"})  # fmt: skip
    record(judged, judged.germany, judged.monitoring, by=second_analyst, code="unknown", rationale="Searched all.")
    shown = conflict(send(analyst_client, data, EMPTY + "edit"))
    assert rows(shown)["Held from"] == ("always, as far as we know", "by 6 January 2026")
    resolved = filled_in(shown.find("form", action=EMPTY + "edit"), act="save", cause="moved")
    assert send(analyst_client, resolved, EMPTY + "edit").status_code == 302


def test_keeping_theirs_drops_mine_and_writes_nothing(outdated, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    links = [link for link in shown.find("form", action=EDIT).all("a") if link.text == "Keep theirs, drop mine"]
    assert [link["href"] for link in links] == [CELL]


@pytest.mark.parametrize("address", [EDIT, EMPTY + "edit"])
def test_VAL07_a_version_that_there_is_not_is_refused(address, judged, analyst_client):
    data = typed(analyst_client, address, why="From where?", code="unknown", rationale="?")
    before = recorded()
    for version in ("2", "99", str(2**31 - 1), str(2**31), str(2**63), "-1", "", "one", "1e9", "٣"):
        response = send(analyst_client, data | {"based_on": version}, address)
        assert response.status_code == 422
        assert errors(read(response))
    assert recorded() == before


def test_VAL07_a_stale_version_is_a_conflict_also_where_the_form_says_nothing_else_new(outdated, analyst_client):
    assert send(analyst_client, outdated | {"based_on": "0"}).status_code == 409
    assert send(analyst_client, outdated | {"based_on": "1"}).status_code == 409


def test_picks_that_name_no_side_or_no_field_keep_mine(outdated, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    data = picking(shown, code="nobody's", seq="theirs", by="theirs", limits="<script>")
    assert send(analyst_client, data).status_code == 302
    newest = Stance.objects.get(seq=3)
    assert (newest.code, newest.limits, newest.seq) == ("rejects", "Mine: no ships", 3)


# --- what each changed since both began ---------------------------------------------------------------------------


def test_each_version_shows_what_it_changed(judged, second_analyst, analyst_client):
    data = typed(
        analyst_client, rationale="Berlin offers to help from next door, at last.", code="champions", why="Mine."
    )
    record(judged, judged.germany, judged.force, by=second_analyst, rationale="Berlin refuses to help from next door.",
           conditions="After a ceasefire", confidence="high", evidence=[judged.neighbours])  # fmt: skip
    shown = conflict(send(analyst_client, data))
    assert struck(shown, "Rationale") == [(["offers"], ["refuses"]), ([], [", at last"])]
    assert struck(shown, "Confidence") == [(["Low"], ["High"]), ([], [])]
    assert struck(shown, "Stance") == [([], []), (["Supports"], ["Champions"])]
    assert struck(shown, "Conditions") == [([], []), ([], [])]


def test_changes_that_do_not_touch_are_combined_and_recorded_unless_one_says_otherwise(
    judged, second_analyst, analyst_client
):
    data = typed(analyst_client, rationale="Berlin offers to help from next door, at last.", why="Mine.",
                 **{f"bearing-{judged.send.pk}": "context"})  # fmt: skip
    record(
        judged, judged.germany, judged.force, by=second_analyst, rationale="Berlin refuses to help from next door.",
        conditions="After a ceasefire", evidence=[judged.neighbours], contradicted_by=[judged.unacceptable],
    )  # fmt: skip
    shown = conflict(send(analyst_client, data))
    assert "You both changed the same" not in errors(shown)
    assert send(analyst_client, picking(shown)).status_code == 302
    newest = Stance.objects.get(seq=3)
    assert newest.rationale == "Berlin refuses to help from next door, at last."
    assert {(each.quote, each.bearing) for each in newest.evidence.select_related("quote")} == {
        (judged.neighbours, "supports"), (judged.send, "context"), (judged.unacceptable, "contradicts"),
    }  # fmt: skip


def test_a_text_is_merged_by_hand_in_its_place(outdated, analyst_client):
    shown = conflict(send(analyst_client, outdated))
    assert (
        "You both changed the same here: stance, rationale, conditions, limits, confidence, held from, evidence."
        in errors(shown)
    )
    offered = filled_in(shown.find("form", action=EDIT))
    assert offered["both-limits"] == ["Theirs: no planes Mine: no ships"], "where nothing was said before, both said it"
    data = picking(shown, limits="both") | {"both-limits": "Neither planes nor ships", "why": "We spoke about it."}
    assert send(analyst_client, data).status_code == 302
    newest = page(analyst_client).find("ol", "hist").find("li").text
    assert Stance.objects.get(seq=3).limits == "Neither planes nor ships"
    assert "We spoke about it." in newest


def test_a_third_stance_while_merging_is_held_against_what_was_merged(judged, second_analyst, analyst_client):
    data = typed(analyst_client, rationale="Berlin offers to help from next door, at last.", why="Mine.")
    told = {"conditions": "After a ceasefire", "evidence": [judged.neighbours]}
    record(judged, judged.germany, judged.force, by=second_analyst, rationale="Berlin refuses to help from next door.",
           **told)  # fmt: skip
    shown = conflict(send(analyst_client, data))
    assists = "Berlin refuses to assist from next door."
    record(judged, judged.germany, judged.force, by=second_analyst, rationale=assists, limits="Newer", **told)
    again = conflict(send(analyst_client, picking(shown)))
    assert "You started from stance 2; stance 3 was recorded" in errors(again)
    assert struck(again, "Rationale")[1] == ([], [", at last"])
    assert send(analyst_client, picking(again)).status_code == 302
    newest = Stance.objects.get(seq=4)
    assert (newest.rationale, newest.limits) == ("Berlin refuses to assist from next door, at last.", "Newer")


def test_all_that_came_in_is_told_and_ones_own_other_window_by_name(judged, analyst, second_analyst, analyst_client):
    data = typed(analyst_client, limits="Mine", why="Mine.")
    record(judged, judged.germany, judged.force, by=second_analyst, why="One.", evidence=[judged.neighbours])
    record(judged, judged.germany, judged.force, by=analyst, why="Two.", evidence=[judged.neighbours])
    told = errors(conflict(send(analyst_client, data)))
    assert told.startswith("You in another window recorded a newer stance")
    assert "by Anton Analyst (“One.”)" in told
    assert "by you, in another window (“Two.”)" in told
