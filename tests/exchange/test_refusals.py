"""A bad dossier is refused: each fault with its place and a sentence, all of them at once, and nothing is written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from negotiations.exchange import dossier

from .dossiers import TEXT, load, problems, save, small, stance

pytestmark = pytest.mark.django_db


def spoilt(path: str, value: Any) -> dict[str, Any]:
    """The small dossier with one value set, or with a key taken away (`...`)."""
    content = small()
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = content
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return content


def test_the_small_dossier_itself_is_fine(tmp_path):
    """The control of everything below."""
    assert not load(tmp_path, small()).nothing


TOMORROW = (date.today() + timedelta(days=2)).isoformat()

FAULTS = {
    # keys and types
    "parties.0.nmae": ("x", "parties[0].nmae: There is no key “nmae” here. Did you mean “name”?"),
    "parties.0.name": (..., "parties[0]: `name` is missing."),
    "parties.1.name": ("  ", "parties[1].name: This text is empty."),
    "parties.0.description": (["x"], "parties[0].description: Text is wanted here; this is a list."),
    "parties": ({}, "parties: A list is wanted here; this is a mapping of keys."),
    "people.0": ("x", "people[0]: A mapping of keys is wanted here; this is text."),
    "parties.0.aliases": ("x", "parties[0].aliases: A list is wanted here; this is text."),
    "parties.0.order": ("1", "parties[0].order: A whole number is wanted here, without quotes; “1” is not one."),
    "priorities.0.number": (
        1.5,
        "priorities[0].number: A whole number is wanted here, without quotes; “1.5” is not one.",
    ),
    "priorities.1.number": (70000, "priorities[1].number: 70000 is not between 1 and 32767."),
    "positions.0.stances.0.red_line": (
        "yes",
        "positions[0].stances[0].red_line: true or false is wanted here; this is text.",
    ),
    "parties.1.kind": (
        "states",
        "parties[1].kind: “states” is none of state, organisation, collective. Did you mean “state”?",
    ),
    "parties.0.slug": (
        "La France",
        "parties[0].slug: “La France” is not a name of small letters, digits and single hyphens.",
    ),
    "people.0.name": ("x" * 121, "people[0].name: This text has 121 characters; 120 is the most here."),
    "meetings.0.place": ("a\x00b", "meetings[0].place: There is a NUL character in this text."),
    "meetings.0.description": (
        "\ud800",
        "meetings[0].description: There is half of a character (a lone surrogate) in this text.",
    ),
    # dates, zones, addresses
    "meetings.0.starts_on": ("2026-02-30", "meetings[0].starts_on: 2026-02-30 is no day of the calendar."),
    "commitments.0.due": ("31.1.2026", "commitments[0].due: “31.1.2026” is no date. A date is written 2026-01-06."),
    "quotes.0.said_on": (
        "0001-01-01",
        "quotes[0].said_on: 0001-01-01 is too early. Where no date is known, leave it out.",
    ),
    "meetings.0.ends_on": ("2026-01-05", "meetings[0].ends_on: A meeting can't end before it starts."),
    "negotiation.time_zone": (
        "Europe/Pariss",
        "negotiation.time_zone: “Europe/Pariss” is no time zone such as Europe/Paris. Did you mean “Europe/Paris”?",
    ),
    "sources.0.url": (
        "javascript:alert(1)",
        "sources[0].url: “javascript:alert(1)” is not an address that begins with http:// or https://.",
    ),
    "outlets.0.url": (
        "ftp://x.org",
        "outlets[0].url: “ftp://x.org” is not an address that begins with http:// or https://.",
    ),
    # names of other things
    "people.0.party": ("frence", "people[0].party: There is no party “frence”. Did you mean “france”?"),
    "quotes.0.source": ("reports", "quotes[0].source: There is no source “reports”. Did you mean “report”?"),
    "commitments.0.towards": (["germany", "x"], "commitments[0].towards[1]: There is no party “x”."),
    "positions.0.priority": (7, "positions[0].priority: There is no priority 7; there are: 1, 2."),
    "positions.0.stances.0.evidence.0.quote": (
        "send-then",
        "positions[0].stances[0].evidence[0].quote: There is no quote “send-then”. Did you mean “send-them”?",
    ),
    "positions.1.stances.0.depends_on": (
        ["france", "france"],
        "positions[1].stances[0].depends_on[1]: “france” stands in this list twice.",
    ),
    # doubles
    "parties.1.slug": ("france", "parties[1]: “france” is here already, in parties[0]."),
    "positions.1.party": ("france", "positions[1]: “france, 2” is here already, in positions[0]."),
    # texts and quotes
    "quotes.0.exact": (
        "we will sent them",
        "quotes[0].exact: “we will sent them” does not stand in snapshot 1 of “report”.",
    ),
    "quotes.1.exact": (
        "help",
        "quotes[1].exact: “help” stands 2 times in snapshot 1 of “report”. Quote more words, or say which by `start`.",
    ),
    "quotes.1.start": (
        3,
        "quotes[1].start: “in neighbouring countries” does not stand at 3 of snapshot 1 of “report”.",
    ),
    "quotes.1.end": (3, f"quotes[1].end: In the text, the end of these words is “{TEXT.index('in n') + 25}”."),
    "quotes.1.prefix": (
        "x",
        "quotes[1].prefix: In the text, the prefix of these words is “nd them”. Berlin spoke of help “”.",
    ),
    "quotes.1.snapshot": (2, "quotes[1].snapshot: The source “report” has no snapshot 2."),
    "sources.0.snapshots": (..., "quotes[0].source: The source “report” has no snapshot to quote from."),
    "sources.0.snapshots.0.number": (
        2,
        "sources[0].snapshots[0].number: Snapshots are numbered 1, 2, 3, without gaps.",
    ),
    "sources.0.snapshots.0.sha256": (
        "0" * 64,
        "sources[0].snapshots[0].sha256: The text is not the one that this hash was made of.",
    ),
    "sources.0.origin": ("report", "sources[0].origin: This source would repeat itself: report → report."),
    # gradings
    "sources.0.reason": (..., "sources[0].status: Say why under `reason`."),
    "outlets.0.reliability": (..., "outlets[0].reason: A reason stands here without a reliability."),
    "outlets.0.gradings": ([], None),
    "quotes.0.credibility": (7, "quotes[0].credibility: 7 is not between 1 and 6."),
    # stances
    "positions.0.stances.0.cause": (
        "moved",
        "positions[0].stances[0].cause: This cell has no stance yet, so this is its first record.",
    ),
    "positions.0.stances.0.evidence": (
        ...,
        "positions[0].stances[0]: Choose at least one piece of evidence that supports the judgement.",
    ),
    "positions.0.stances.0.held_from": (
        TOMORROW,
        "positions[0].stances[0].held_from: That is after today,",
    ),
    "positions.0.stances.0.replaces": (
        1,
        "positions[0].stances[0].replaces: There is no earlier stance 1 in this list.",
    ),
    "positions.0.stances.0.confidence": (..., "positions[0].stances[0]: Say how good the evidence is."),
    "positions.0.stances.0.rationale": (..., "positions[0].stances[0]: Say how the words lead to this judgement."),
    "positions.0.stances.0.seq": (2, "positions[0].stances[0].seq: The next stance of this cell is number 1."),
    "positions.0.stances.0.revision": (
        1,
        "positions[0].stances[0].revision: A revision names a change, and this file brings no `changes`.",
    ),
    "positions.0.stances.0.evidence.0.locator": (
        "page 1",
        "positions[0].stances[0].evidence[0]: Evidence is either a `quote`, or a `source` with its `locator`.",
    ),
    # the rest
    "commitments.0.events.0.quote": (
        ...,
        "commitments[0].events[0]: Say how we know: a `quote`, a `source` with its `locator`, or a `note`.",
    ),
    "commitments.0.events.0.locator": (
        "page 1",
        "commitments[0].events[0]: Give either a quote, or a source with its locator.",
    ),
    "parties.0.members": ([{"party": "germany"}], "parties[0].members: Only a collective has members."),
    "format": (
        "parley-dossier/2",
        "format: “parley-dossier/2” is none of parley-dossier/1. Did you mean “parley-dossier/1”?",
    ),
    "negotiation": (..., ": `negotiation` is missing."),
}


@pytest.mark.parametrize(("path", "value", "told"), [(path, *fault) for path, fault in FAULTS.items()], ids=FAULTS)
def test_each_fault_is_told_with_its_place(tmp_path, path, value, told):
    if told is None:
        told = f"{path.rsplit('.', 1)[0]}".replace(".0", "[0]") + ".reliability: Give either reliability and reason"
        value = [{"reliability": "A", "reason": "x"}]
    found = problems(tmp_path, spoilt(path, value))
    assert any(each.startswith(told) for each in found), found


@pytest.mark.parametrize(
    ("stances", "told"),
    [
        (
            [stance(), stance()],
            "positions[0].stances[1].cause: This cell has a stance already. Say why there is another.",
        ),
        (
            [stance(), stance(cause="moved", replaces=1)],
            "positions[0].stances[1].replaces: This cause adds to the story and replaces nothing.",
        ),
        (
            [stance(), stance(cause="corrected")],
            "positions[0].stances[1]: Say which earlier stance this one replaces.",
        ),
        (
            [stance(), stance(cause="corrected", replaces=1), stance(cause="rejudged", replaces=1)],
            "positions[0].stances[2].replaces: Stance 1 has been replaced already. Choose one that still stands.",
        ),
        (
            [stance(), stance(cause="corrected", replaces=1), {"cause": "withdrawn", "replaces": 2}],
            "positions[0].stances[2].cause: Stance 2 itself replaced another, so it is corrected, not withdrawn",
        ),
        (
            [stance(), {"cause": "withdrawn", "replaces": 1, "stance": "supports"}],
            "positions[0].stances[1].stance: A withdrawal says nothing but what it replaces (and why).",
        ),
        (
            [stance(), stance(stance="opposes", cause="evidence", replaces=1)],
            "positions[0].stances[1].stance: More evidence for the same judgement keeps its stance.",
        ),
        (
            [stance(seq=1), stance(cause="moved")],
            "positions[0].stances: Give a seq to every stance of the cell, or to none.",
        ),
        (
            [stance(evidence=[])],
            "positions[0].stances[0].evidence: Choose at least one piece of evidence that supports the judgement.",
        ),
        (
            [stance(evidence=[{"quote": "send-them", "bearing": "context"}])],
            "positions[0].stances[0].evidence: Choose at least one piece of evidence that supports the judgement.",
        ),
        (
            [stance(evidence=[{"quote": "send-them", "bearing": b} for b in ("supports", "context")])],
            "positions[0].stances[0].evidence[1].quote: “send-them” is evidence of this stance already.",
        ),
        (
            [stance(evidence=[{"source": "report", "bearing": "supports"}])],
            "positions[0].stances[0].evidence[0].source: Say where in the source, under `locator`.",
        ),
        (
            [stance(held_from=None)],
            "positions[0].stances[0].held_from: Say from when the party held this, or by when it did.",
        ),
    ],
)
def test_the_rules_of_stances_hold_for_a_dossier_too(tmp_path, stances, told):
    content = small()
    content["positions"][0]["stances"] = stances
    found = problems(tmp_path, content)
    assert any(each.startswith(told) for each in found), found


def test_sources_that_repeat_each_other_in_a_circle_are_told(tmp_path):
    content = small()
    for here, there in [("a", "b"), ("b", "c"), ("c", "a")]:
        content["sources"].append({"slug": here, "title": here, "origin": there})
    found = problems(tmp_path, content)
    assert "sources[1].origin: This source would repeat itself: a → b → c → a." in found


def test_a_signature_says_how_we_know(tmp_path):
    content = small(instruments=[{"slug": "plan", "name": "Plan", "kind": "plan", "replaces": "plan"}])
    content["instruments"][0]["signatures"] = [
        {"party": "france", "state": "signed"},
        {"party": "germany", "state": "unknown", "locator": "page 1"},
    ]
    assert problems(tmp_path, content) == [
        "instruments[0].replaces: An instrument does not replace itself.",
        "instruments[0].signatures[0]: Say which `quote`, or where in which `source` (`locator`), tells of it.",
        "instruments[0].signatures[1].locator: A locator goes with a `source`.",
    ]


def exported(**change: Any) -> dict[str, Any]:
    """An export's log of one change, which nothing else in the file names."""
    first = {"revision": 1, "at": "2026-01-06T10:00:00.000000Z", "by": "ada", "verb": "opened"} | change
    return {"format": "parley-dossier/1", "negotiation": {"slug": "talks", "name": "Talks"}, "changes": [first]}


KEY = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"revision": 2}, "changes[0].revision: Changes are numbered 1, 2, 3, without gaps: 1 comes here."),
        ({"at": "2026-01-06 10:00"}, "changes[0].at: “2026-01-06 10:00” is no time. A time is written 2026-"),
        ({"at": "2999-01-06T10:00:00Z"}, "changes[0].at: A change can't come from the future."),
        ({"key": "x"}, "changes[0].key: “x” is not a UUID in small letters."),
        (
            {"edits": [{"table": "partie", "row": "x", "after": {}}]},
            "changes[0].edits[0].table: There is no table “partie” with a log. Did you mean “party”?",
        ),
        (
            {"edits": [{"table": "person", "row": "x", "after": {"party": "france"}}]},
            "changes[0].edits[0].after.party: There is no party “france”.",
        ),
        ({"edits": [{"table": "party", "row": "x"}]}, "changes[0].edits[0]: An edit of a row says what was `before`"),
        (
            {"edits": [{"table": "party", "row": "x", "before": ["x"]}]},
            "changes[0].edits[0].before: A mapping of the row's columns is wanted here.",
        ),
        (
            {"edits": [{"table": "party", "row": {"x": 1}, "before": {}}]},
            "changes[0].edits[0].row: A row is named by its key, or by a list of them.",
        ),
    ],
)
def test_a_log_that_can_not_have_been_is_refused(tmp_path, change, told):
    found = problems(tmp_path, exported(**change))
    assert any(each.startswith(told) for each in found), found


def test_a_log_whose_time_goes_back_or_whose_keys_come_twice_is_refused(tmp_path):
    content = exported(key=KEY)
    content["changes"].append(content["changes"][0] | {"revision": 2, "at": "2026-01-05T10:00:00.000000Z"})
    assert problems(tmp_path, content) == [
        "changes[1].at: The time of changes never goes back.",
        "changes[1].key: Another change of the same user has this key.",
    ]


def test_a_key_that_its_user_has_used_elsewhere_is_refused(tmp_path):
    load(tmp_path, exported(key=KEY))
    again = exported(key=KEY) | {"negotiation": {"slug": "other", "name": "Other"}}
    told = "changes[0].key: ada has used this key in another negotiation of this installation."
    assert problems(tmp_path, again) == [told]


def test_in_an_export_every_row_names_its_change(tmp_path):
    content = exported() | {"sources": small()["sources"]}
    content["sources"][0].pop("outlet")
    found = problems(tmp_path, content)
    assert "sources[0].snapshots[0]: `revision` is missing: this file brings its `changes`" in found[-1]
    content["sources"][0]["snapshots"][0]["revision"] = 2
    assert any("There is no change 2; the last is 1." in each for each in problems(tmp_path, content))


def test_an_export_is_held_to_the_day_of_each_change_and_not_to_today(tmp_path):
    content = small()
    content |= exported()
    for source in content["sources"]:
        source.pop("status"), source.pop("reason")
        source["snapshots"][0]["revision"] = 1
    content["outlets"][0] = {"slug": "gazette", "name": "The Gazette"}
    content["quotes"] = [
        {k: v for k, v in quote.items() if k not in ("credibility", "reason")} for quote in content["quotes"]
    ]
    content["quotes"] = [quote | {"revision": 1} for quote in content["quotes"]]
    content["commitments"] = []
    content["positions"] = [
        {"party": "france", "priority": 2, "stances": [stance(seq=1, revision=1, held_from="2026-01-07")]}
    ]
    assert problems(tmp_path, content) == [
        "positions[0].stances[0].held_from: That is after today, 6 January 2026. A stance is recorded once it is held."
    ]
    content["positions"][0]["stances"][0]["held_from"] = "2026-01-06"
    assert load(tmp_path, content).changes == 1


def test_all_faults_are_told_at_once_but_no_more_than_fifty(tmp_path):
    content = small()
    content["people"] = [{"slug": f"p-{n}", "name": "", "party": "nowhere"} for n in range(40)]
    with pytest.raises(dossier.Refused) as refused:
        load(tmp_path, content)
    assert len(refused.value.problems) == 50
    assert refused.value.total >= 80
    assert str(refused.value).endswith("more.")


def test_nothing_of_a_refused_file_is_written(tmp_path):
    content = small()
    content["commitments"][0]["party"] = "nowhere"
    content["negotiation"]["memberships"] = [{"user": "new-person", "role": "reader"}]
    problems(tmp_path, content)
    models = apps.get_app_config("negotiations").get_models()
    assert [model.__name__ for model in models if model.objects.exists()] == []


def test_what_only_the_database_sees_is_told_in_a_sentence_too(tmp_path, monkeypatch):
    """The safety net: were a rule forgotten here, the database's word comes out, and no traceback."""
    monkeypatch.setattr("negotiations.exchange.dossier.rules._check_party", lambda *_: None)
    content = small()
    content["parties"][0] |= {"kind": "collective", "members": [{"party": "france"}]}
    (told,) = problems(tmp_path, content)
    assert told.startswith(": The database refused it:")
    assert "collective_not_in_itself" in told


def test_the_time_of_loading_counts_where_the_file_gives_none(tmp_path):
    content = small()
    today = datetime.now(UTC).astimezone().date()
    content["positions"][0]["stances"][0]["held_from"] = (today - timedelta(days=1)).isoformat()
    assert load(tmp_path, content).added["stances"] == 2


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(dossier.Refused, match="The file can't be read: No such file or directory"):
        dossier.load(tmp_path / "nothing.yaml")
    with pytest.raises(dossier.Refused, match="The file can't be read: Is a directory"):
        dossier.load(tmp_path)
    assert save(tmp_path, "x").exists()
