"""Loading over a negotiation that is there: what is missing is added, what differs is refused, and nothing else."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import transaction

from negotiations.domain import changes, positions, records, undoing
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.stances import Draft, Item
from negotiations.exchange import dossier
from negotiations.models import Change, Negotiation, Outlet, Party, Position, Quote, RowEdit, Source, Stance, User

from .dossiers import load, problems, save, small, stance

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(db, tmp_path):
    load(tmp_path, small())
    return Negotiation.objects.get(slug="talks")


@pytest.fixture
def ada(db):
    return User.objects.create(username="ada", name="Ada", is_superuser=True)


def head(talks):
    talks.refresh_from_db()
    return talks.revision


def record(talks, by, party, draft):
    """As an analyst does."""
    cell = Position.objects.get(negotiation=talks, party__slug=party, priority__number=2)
    entry = positions.Entry(cell.pk, cell.version, draft)
    positions.record_stances(get_workspace(talks.slug, by=by), [entry], by=by, why="As read.")


def moved(talks, **more):
    quote = Quote.objects.get(negotiation=talks, slug="neighbours")
    said = {"cause": "moved", "code": "opposes", "rationale": "Because.", "confidence": "low"}
    return Draft(**said | {"held_from": date(2026, 1, 7), "evidence": (Item("supports", quote=quote.pk),)} | more)


# --- the same file again -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["again.json", "again.yaml"])
def test_the_same_file_again_adds_nothing_and_leaves_no_change(talks, tmp_path, name):
    before = head(talks)
    loaded = load(tmp_path, small(), name)
    assert loaded.nothing
    assert head(talks) == before == Change.objects.filter(negotiation=talks).count()


def test_after_an_analysts_edit_the_unchanged_file_changes_nothing(talks, tmp_path, ada):
    record(talks, ada, "france", moved(talks))
    record(talks, ada, "germany", moved(talks, cause="corrected", replaces=1))
    before = dossier.export("talks")
    assert load(tmp_path, small()).nothing
    assert dossier.export("talks") == before


def test_after_a_regrading_the_unchanged_file_changes_nothing(talks, tmp_path, ada):
    outlet = Outlet.objects.get()
    revision = changes.take(talks.pk, by=ada, verb="graded", what="outlet").revision
    outlet.gradings.create(negotiation=talks, revision=revision, reliability="E", reason="Wrong again.")
    Outlet.objects.update(reliability="E")
    assert load(tmp_path, small()).nothing
    assert Outlet.objects.get().reliability == "E"


def test_a_month_that_is_not_over_is_the_same_month_when_it_is(tmp_path, monkeypatch):
    """Such a date is stored as the day of its recording; the file keeps saying the month's last day."""
    content = small()
    content["positions"][0]["stances"] = [stance(held_from="2026-01-31", precision="month")]

    def on(day):
        monkeypatch.setattr("negotiations.exchange.dossier.log_checks.days", lambda *_: lambda revision: day)
        return load(tmp_path, content)

    on(date(2026, 1, 31))
    Stance.objects.filter(held_from=date(2026, 1, 31)).get()
    content["negotiation"] = {"slug": "others", "name": "Others"}
    with pytest.raises(dossier.Refused, match="That is after today"):
        on(date(2026, 1, 10))  # as it is for everybody: a day that is to come
    content["positions"][0]["stances"][0]["held_from"] = "2026-01-09"
    on(date(2026, 1, 10))
    assert Stance.objects.filter(negotiation__slug="others", held_from=date(2026, 1, 10)).exists()
    content["positions"][0]["stances"][0]["held_from"] = "2026-01-31"
    assert on(date(2026, 2, 10)).nothing


# --- more in the file ----------------------------------------------------------------------------------


def test_what_a_file_has_more_is_added_under_one_change(talks, tmp_path, ada):
    content = small()
    content["parties"].append({"slug": "poland", "name": "Poland", "kind": "state"})
    content["sources"].append(
        {
            "slug": "speech",
            "title": "Speech",
            "status": "accepted",
            "reason": "Heard it.",
            "origin": "report",
            "snapshots": [{"kind": "full", "text": "Poland will help."}],
        }
    )
    content["quotes"].append({"slug": "will-help", "source": "speech", "exact": "will help", "basis": "own_words"})
    evidence = [{"quote": "will-help", "bearing": "supports"}]
    content["positions"] += [
        {"party": "poland", "priority": 1, "stances": [stance(evidence=evidence, why="It said so.")]}
    ]
    content["positions"][0]["stances"].append(stance(cause="moved", stance="supports", evidence=evidence))
    content["meetings"][0]["attendance"].append({"party": "poland", "status": "expected"})
    content["commitments"][0]["towards"].append("poland")
    content["commitments"][0]["events"].append({"status": "withdrawn", "note": "By letter."})
    content["outlets"][0].pop("reliability"), content["outlets"][0].pop("reason")
    content["outlets"][0]["gradings"] = [
        {"reliability": "B", "reason": "Mostly right."},
        {"reliability": "C", "reason": "Less so."},
    ]
    before = head(talks)
    loaded = load(tmp_path, content, by=ada, why="Poland joined.")
    assert loaded.added == {
        "party": 1,
        "attendance": 1,
        "grading of an outlet": 1,
        "source": 1,
        "grading of a source": 1,
        "snapshot": 1,
        "quote": 1,
        "stances": 2,
        "event of a commitment": 1,
        "party that a commitment is towards": 1,
    }
    assert head(talks) == before + 1
    change = talks.changes.get(revision=before + 1)
    assert (change.verb, change.by) == ("loaded", ada)
    assert change.what.startswith("talks.json: 1 party, 1 attendance")
    assert change.why == "Poland joined.\npoland on 1: It said so."
    assert set(Stance.objects.filter(revision=before + 1).values_list("position__party__slug", "seq")) == {
        ("france", 2),
        ("poland", 1),
    }
    assert Party.objects.get(slug="poland").order == 3, "behind those that are there"
    assert Outlet.objects.get().reliability == "C"
    assert Source.objects.get(slug="speech").status == "accepted"
    assert Position.objects.get(party__slug="france", priority__number=2).code == "supports"
    assert load(tmp_path, content).nothing


@pytest.mark.django_db(transaction=True)
def test_what_is_added_to_rows_stands_in_the_log(tmp_path):
    load(tmp_path, small())
    assert not RowEdit.objects.exists(), "what came with its negotiation is told by that change as a whole"
    more = small()
    more["people"].append({"slug": "chancellor", "name": "The Chancellor", "party": "germany"})
    load(tmp_path, more)
    edit = RowEdit.objects.get()
    assert (edit.table, edit.change.revision, edit.after["name"]) == ("negotiations_person", 2, "The Chancellor")
    assert load(tmp_path, json.loads(dossier.export("talks", "json"))).nothing


def test_a_part_of_a_dossier_is_enough(talks, tmp_path):
    part = {
        "format": "parley-dossier/1",
        "negotiation": {"slug": "talks", "name": "Talks"},
        "quotes": [
            {"slug": "alone", "source": "report", "exact": "of help alone", "party": "germany", "basis": "reported"}
        ],
    }
    assert load(tmp_path, part).added == {"quote": 1}


def test_a_new_stance_comes_next_in_its_cell_whatever_an_analyst_added_meanwhile(talks, tmp_path, ada):
    record(talks, ada, "france", moved(talks))
    content = small()
    second = stance(cause="moved", stance="supports", held_from="2026-01-07")
    third = stance(cause="corrected", stance="neutral", replaces=2)  # the second of this list
    content["positions"][0]["stances"] += [second, third]
    load(tmp_path, content)
    rows = Stance.objects.filter(position__party__slug="france").order_by("seq")
    assert list(rows.values_list("seq", "code", "cause", "replaces")) == [
        (1, "champions", "first", None),
        (2, "opposes", "moved", None),
        (3, "supports", "moved", None),
        (4, "neutral", "corrected", 3),
    ]
    assert load(tmp_path, content).nothing


def test_stances_with_a_seq_may_begin_where_the_cell_ends(talks, tmp_path):
    content = small()
    content["positions"][0]["stances"] = [stance(seq=2, cause="corrected", stance="supports", replaces=1)]
    assert load(tmp_path, content).added == {"stance": 1}
    assert Stance.objects.get(seq=2).replaces == 1
    assert load(tmp_path, content).nothing


def test_two_stances_that_say_the_same_are_two(talks, tmp_path):
    content = small()
    there_and_back = [
        stance(cause="moved", stance="opposes"),
        stance(cause="moved", stance="supports"),
        stance(cause="moved", stance="opposes"),
    ]
    content["positions"][0]["stances"] += there_and_back
    assert load(tmp_path, content).added == {"stances": 3}
    assert load(tmp_path, content).nothing


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_what_was_taken_out(tmp_path):
    load(tmp_path, small())
    talks, ada = Negotiation.objects.get(slug="talks"), User.objects.create(username="ada", is_superuser=True)
    records.save(Party(negotiation=talks, slug="poland", name="Poland", kind="state"), by=ada)
    page = undoing.get_undo("talks", head(talks), by=ada)
    undoing.undo(page.workspace, head(talks), why="It takes no part.", seen=page.seen, by=ada)
    content = small()
    content["parties"].append({"slug": "poland", "name": "Poland", "kind": "state"})
    assert load(tmp_path, content).nothing, "it is there, and stays out"
    told = [f": Party “Poland” was taken out. Undo revision {head(talks)}, or leave out what leads to it."]
    further = {
        "positions": {"party": "poland", "priority": 1, "stances": [stance()]},
        "people": {"slug": "pm", "name": "The PM", "party": "poland"},
    }
    for where, what in further.items():
        assert problems(tmp_path, content | {where: [*content[where], what]}) == told
    assert Stance.objects.filter(position__party__slug="poland").count() == 0


def test_who_is_named_a_member_gets_an_account_and_a_role(talks, tmp_path, ada):
    content = small()
    content["negotiation"]["memberships"] = [{"user": "ada", "role": "curator"}, {"user": "new", "role": "reader"}]
    loaded = load(tmp_path, content)
    assert loaded.accounts == ["new"]
    assert User.objects.get(username="ada").is_active, "who is here stays as they are"
    assert not User.objects.get(username="new").is_active
    content["negotiation"]["memberships"][0]["role"] = "reader"
    told = "negotiation.memberships[0].role: This differs: stored is “curator”; the file says “reader”."
    assert problems(tmp_path, content) == [told]


# --- something else in the file --------------------------------------------------------------------------


def test_every_difference_is_told_and_nothing_is_added(talks, tmp_path):
    content = small()
    content["negotiation"]["name"] = "Other talks"
    content["priorities"][0]["description"] = "What is watched."
    content["parties"][0]["description"] = "Hosts."
    content["parties"][0]["aliases"] = ["La France"]
    content["meetings"][0]["starts_on"] = "2026-01-07"
    content["meetings"][0]["attendance"][0]["level"] = "minister"
    content["outlets"][0]["reliability"] = "C"
    content["sources"][0]["snapshots"][0]["text"] += " More."
    content["quotes"][0].pop("speaker")
    content["quotes"][0]["reason"] = "Nobody else tells it."
    content["commitments"][0]["text"] = "To send nothing."
    content["people"].append({"slug": "chancellor", "name": "The Chancellor", "party": "germany"})
    before = dossier.export("talks")
    found = problems(tmp_path, content)
    assert found == [
        "negotiation.name: This differs: stored is “Talks”; the file says “Other talks”.",
        "priorities[0].description: This differs: stored is nothing; the file says “What is watched.”.",
        "parties[0].aliases: This differs: stored is nothing; the file says “La France”.",
        "parties[0].description: This differs: stored is “Host.”; the file says “Hosts.”.",
        "meetings[0].starts_on: This differs: stored is “2026-01-06”; the file says “2026-01-07”.",
        "meetings[0].attendance[0].level: This differs: stored is “leader”; the file says “minister”.",
        "outlets[0].reliability: This differs: stored is “B (Mostly right.)”; the file says “C (Mostly right.)”. "
        "To grade anew, add to a list of `gradings`.",
        found[7],
        "quotes[0]: This differs: stored is “president”; the file says nothing.",
        "quotes[0].credibility: This differs: stored is “2 (Others tell the same.)”; the file says "
        "“2 (Nobody else tells it.)”. To grade anew, add to a list of `gradings`.",
        "commitments[0].text: This differs: stored is “To send a force.”; the file says “To send nothing.”.",
    ]
    assert found[7].startswith("sources[0].snapshots[0].text: This differs")
    assert dossier.export("talks") == before


def test_what_the_file_leaves_out_of_an_editable_row_is_not_held_against_it(talks, tmp_path):
    """A curator may fill in what the seed did not know; the seed still loads."""
    with transaction.atomic():
        changes.take(talks.pk, by=None, verb="changed", what="a party")
        Party.objects.filter(slug="germany").update(description="Neighbour.")
    assert load(tmp_path, small()).nothing


def test_another_first_stance_of_a_cell_is_refused(talks, tmp_path):
    content = small()
    content["positions"][0]["stances"] = [stance(rationale="Another reading.")]
    told = "positions[0].stances[0].cause: This cell has a stance already. Say why there is another."
    assert problems(tmp_path, content) == [told]


def test_a_stance_with_a_seq_is_held_against_the_one_that_is_stored(talks, tmp_path):
    content = small()
    content["positions"][0]["stances"] = [
        stance(
            seq=1,
            stance="supports",
            rationale="Another reading.",
            held_from="2026-01-05",
            evidence=[{"quote": "neighbours", "bearing": "supports"}],
        )
    ]
    assert problems(tmp_path, content) == [
        "positions[0].stances[0].stance: This differs: stored is “champions”; the file says “supports”.",
        "positions[0].stances[0].rationale: This differs: stored is “It says that it will send.”; "
        "the file says “Another reading.”.",
        "positions[0].stances[0].held_from: This differs: stored is “2026-01-06”; the file says “2026-01-05”.",
        "positions[0].stances[0].evidence: This differs: stored is “send-them/supports”; "
        "the file says “neighbours/supports”.",
    ]
    content["positions"][0]["stances"] = [stance(seq=1)]
    assert load(tmp_path, content).nothing


# --- exports ------------------------------------------------------------------------------------------


def export(talks):
    return json.loads(dossier.export(talks.slug, "json"))


def test_an_older_export_of_the_same_negotiation_adds_nothing(talks, tmp_path, ada):
    older = export(talks)
    record(talks, ada, "france", moved(talks))
    assert load(tmp_path, older).nothing


def test_a_newer_export_over_an_older_state_is_refused(talks, tmp_path, ada):
    newer = export(talks)
    newer["changes"].append({"revision": 2, "at": "2026-11-01T00:00:00.000000Z", "verb": "went on"})
    newer["changes"][1]["at"] = newer["changes"][0]["at"]
    (told,) = problems(tmp_path, newer)
    assert told == ("changes[1]: The stored log ends with change 1. Load a longer one where the negotiation is absent.")


def test_another_log_is_refused(talks, tmp_path):
    other = export(talks)
    other["changes"][0] |= {"why": "For another reason.", "by": "somebody"}
    assert problems(tmp_path, other) == [
        "changes[0].by: This differs from change 1 as it is stored.",
        "changes[0].why: This differs from change 1 as it is stored.",
    ]


def test_rows_put_into_an_export_are_not_added_to_its_past(talks, tmp_path):
    other = export(talks)
    other["parties"].append({"slug": "poland", "name": "Poland", "kind": "state"})
    (told,) = problems(tmp_path, other)
    assert told.startswith("parties[2]: This is not stored, and nothing is added to a past change.")


def test_a_load_and_an_analyst_at_once_wait_for_each_other(talks, tmp_path):
    """Everybody locks in one order, so that none waits for the other for ever."""
    path = save(tmp_path, small())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        dossier.load(path)
    locks = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    order = ["source", "outlet", "position", "negotiation"]
    assert [f'FROM "negotiations_{table}"' in sql for table, sql in zip(order, locks, strict=True)] == [True] * 4
