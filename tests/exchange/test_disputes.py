"""Contradictions, questions, files, decisions and merges in a dossier: refused where wrong, added where missing."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest

from negotiations.exchange import dossier
from negotiations.models import (
    AnchoringDecision,
    Contradiction,
    ContradictionProof,
    Negotiation,
    Original,
    Outlet,
    PassageJudgement,
    Position,
    Priority,
    Question,
    Source,
    Stay,
)

from .dossiers import FILE, disputed, load, problems, save

pytestmark = pytest.mark.django_db


def spoilt(path: str, value: Any) -> dict[str, Any]:
    """With one value set, or with a key taken away (`...`)."""
    content = disputed()
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = content
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return content


def test_the_disputed_dossier_itself_is_fine(tmp_path):
    """The control of everything below."""
    loaded = load(tmp_path, disputed())
    once = ["original file", "decision on a quote", "stance that stays", "judgement of a passage", "contradiction"]
    assert [loaded.added[word] for word in once] == [1] * 5
    assert (loaded.added["sides of contradictions"], loaded.added["proofs of sides"]) == (2, 3)
    assert Contradiction.objects.get().state == "left_open", "a copy of the newest ruling"
    assert Question.objects.get().state == "answered"
    assert Priority.objects.get(number=1).terms == ["ceasefire"]
    assert Source.objects.get(slug="report-again").merged_into.slug == "report"
    assert Outlet.objects.get(slug="gazette-online").merged_into.slug == "gazette"
    assert bytes(Original.objects.get().content) == FILE


@pytest.mark.parametrize("name", ["again.json", "again.yaml"])
def test_loaded_again_it_adds_nothing(tmp_path, name):
    load(tmp_path, disputed())
    assert load(tmp_path, disputed(), name).nothing


FILE_AT = "sources.0.snapshots.1.original"
FAULTS = {
    # files
    f"{FILE_AT}.content": ("no base64!", "sources[0].snapshots[1].original.content: This is not base64"),
    f"{FILE_AT}.size": (3, f"sources[0].snapshots[1].original.size: The size of this file is {len(FILE)}."),
    f"{FILE_AT}.sha256": ("0" * 64, "sources[0].snapshots[1].original.sha256: The sha256 of this file is "),
    # merges
    "sources.1.merged_into": ("report-again", "sources[1].merged_into: Nothing is merged into itself."),
    "outlets.0.merged_into": ("gazette-online", "outlets[0].merged_into: “gazette-online” is itself merged into"),
    "outlets.1.merged_into": ("gazete", "outlets[1].merged_into: There is no outlet “gazete”. Did you mean “gazette”?"),
    # decisions
    "quotes.0.anchorings.0.decisions.0.holds": ("yes", "quotes[0].anchorings[0].decisions[0].holds: true or false is"),
    "quotes.0.anchorings.0.decisions.0.reason": (..., "quotes[0].anchorings[0].decisions[0]: `reason` is missing."),
    "positions.0.stays.0.reason": (" ", "positions[0].stays[0].reason: This text is empty."),
    "positions.0.judgements.0.snapshot": (3, "positions[0].judgements[0].snapshot: The source “report” has no"),
    "positions.0.judgements.0.end": (99, "positions[0].judgements[0].end: 0 to 99 is no span of that text."),
    "positions.0.judgements.0.relevant": (..., "positions[0].judgements[0]: `relevant` is missing."),
    # contradictions
    "contradictions.0.kind": ("facts", "contradictions[0].kind: “facts” is none of bearing, fact, reversal. Did you"),
    "contradictions.0.sides": ([{"says": "Ten"}], "contradictions[0].sides: A contradiction has two sides, or more."),
    "contradictions.0.sides.1.proofs": ([], "contradictions[0].sides[1]: A side rests on words: name its `proofs`."),
    "contradictions.0.sides.1.number": (1, "contradictions[0].sides[1].number: There are several sides"),
    "contradictions.0.sides.0.proofs.0.locator": ("x", "contradictions[0].sides[0].proofs[0]: A proof is either"),
    "contradictions.0.sides.0.proofs": (
        [{"quote": "send-them"}, {"quote": "send-them"}],
        "contradictions[0].sides[0].proofs[1].quote: “send-them” is a proof of this side already.",
    ),
    "contradictions.0.sides.1.proofs.1.locator": (..., "contradictions[0].sides[1].proofs[1].source: Say where in the"),
    "contradictions.0.cells.0.party": ("frence", "contradictions[0].cells[0].party: There is no party “frence”."),
    "contradictions.0.rulings.0.state": ("solved", "contradictions[0].rulings[0].state: “solved” is none of open,"),
    # questions
    "questions.0.priority": (..., "questions[0]: A question of a cell names its `party` and its `priority`."),
    "questions.0.text": ("x" * 301, "questions[0].text: This text has 301 characters; 300 is the most here."),
    "questions.0.due": ("31.1.2026", "questions[0].due: “31.1.2026” is no date."),
    "questions.0.events.0.quote": (..., "questions[0].events[0]: A question is answered by a `quote`, or"),
    "questions.0.events.0.state": ("dropped", "questions[0].events[0]: Say why in a `note`; only an answer cites"),
    "questions": ([{"slug": "when", "text": "?"}] * 2, "questions[1]: “when” is here already, in questions[0]."),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value", "told"), [(path, *fault) for path, fault in FAULTS.items()], ids=FAULTS)
def test_each_fault_is_told_with_its_place(tmp_path, path, value, told):
    found = problems(tmp_path, spoilt(path, value))
    assert any(each.startswith(told) for each in found), found
    assert not Negotiation.objects.exists()


@pytest.mark.parametrize("sides", [None, [], ...])
def test_an_export_with_a_contradiction_of_no_sides_is_refused_too(tmp_path, sides):
    load(tmp_path, disputed())
    content = json.loads(dossier.export("talks", "json"))
    content["negotiation"]["slug"] = "elsewhere"
    content["contradictions"][0]["sides"] = sides
    if sides is ...:
        del content["contradictions"][0]["sides"]
    assert any("A contradiction has two sides, or more." in told for told in problems(tmp_path, content))


def test_a_fault_is_told_with_its_line(tmp_path):
    path = save(tmp_path, spoilt("contradictions.0.sides.0.proofs.0.quote", "send-then"), "talks.yaml")
    line = next(n for n, text in enumerate(path.read_text().splitlines(), start=1) if "send-then" in text)
    with pytest.raises(dossier.Refused) as refused:
        dossier.load(path)
    [problem] = refused.value.problems
    assert problem.line == line
    assert problem.sentence == "There is no quote “send-then”. Did you mean “send-them”?"


@pytest.mark.parametrize("stays", [True, False])
def test_a_stay_covers_what_comes_with_it_in_one_file(tmp_path, stays):
    content = spoilt("positions.0.stances.0.confidence", "high")
    if not stays:
        del content["positions"][0]["stays"]
    load(tmp_path, content)
    cell = Position.objects.get(party__slug="france", priority__number=content["positions"][0]["priority"])
    assert bool(cell.rechecks) is not stays


# --- loading over -------------------------------------------------------------------------------------


def test_what_a_file_has_more_is_added(tmp_path):
    load(tmp_path, disputed())
    content = disputed()
    content["contradictions"][0]["sides"][0]["proofs"].append({"quote": "neighbours"})
    content["contradictions"][0]["sides"].append({"says": "None at all", "proofs": [{"quote": "neighbours"}]})
    content["contradictions"][0]["cells"].append({"party": "germany", "priority": 2})
    content["contradictions"][0]["rulings"].append({"state": "resolved", "reason": "Somebody counted."})
    content["questions"][0]["events"].append({"state": "open", "note": "That was no answer."})
    content["quotes"][0]["anchorings"][0]["decisions"].append({"holds": False, "reason": "Read again."})
    content["quotes"][1]["anchorings"] = [
        {"snapshot": 2, "state": "gone", "decisions": [{"holds": False, "reason": "Nothing like it."}]}
    ]
    content["positions"][0]["stays"].append({"reason": "Looked once more."})
    content["positions"].append({"party": "germany", "priority": 1, "stays": [{"reason": "Nothing new."}]})
    content["sources"][1]["snapshots"] = [{"kind": "full", "text": "Seen."}]
    assert load(tmp_path, content).added == {
        "snapshot": 1,
        "anchoring": 1,
        "decisions on quotes": 2,
        "stances that stay": 2,
        "cell of a contradiction": 1,
        "side of a contradiction": 1,
        "proofs of sides": 2,
        "ruling on a contradiction": 1,
        "event of a question": 1,
    }
    assert list(AnchoringDecision.objects.values_list("anchoring__quote__slug", "reason").order_by("pk")) == [
        ("send-them", "It means the same."),
        ("send-them", "Read again."),
        ("neighbours", "Nothing like it."),
    ]
    assert set(ContradictionProof.objects.order_by("-pk").values_list("side__says", flat=True)[:2]) == {
        "Ten",
        "None at all",
    }
    assert Contradiction.objects.get().state == "resolved"
    assert Question.objects.get().state == "open"
    assert (Stay.objects.count(), PassageJudgement.objects.count()) == (3, 1)
    assert load(tmp_path, content).nothing


def test_what_differs_is_refused_and_nothing_is_added(tmp_path):
    load(tmp_path, disputed())
    content = disputed()
    content["priorities"][0]["terms"] = ["truce"]
    content["contradictions"][0]["title"] = "How few there are"
    content["contradictions"][0]["sides"][1]["says"] = "Thirteen"
    content["contradictions"][0]["rulings"].append({"state": "open", "reason": "New words."})
    content["questions"][0] |= {"priority": 1, "text": "Why?"}
    content["sources"][0]["snapshots"][1]["original"] = {"name": "other.pdf", "content": b64encode(b"other").decode()}
    before = dossier.export("talks")
    found = problems(tmp_path, content)
    assert [each.split(": This")[0] for each in found] == [
        "priorities[0].terms",
        "sources[0].snapshots[1].original.name",
        "sources[0].snapshots[1].original",
        "sources[0].snapshots[1].original",
        "contradictions[0].title",
        "contradictions[0].sides[1].says",
        "questions[0].priority",
        "questions[0].text",
    ]
    assert dossier.export("talks") == before


def test_a_file_is_added_to_a_text_that_has_none(tmp_path):
    content = disputed()
    original = content["sources"][0]["snapshots"][1].pop("original")
    load(tmp_path, content)
    content["sources"][0]["snapshots"][1]["original"] = original
    assert load(tmp_path, content).added == {"original file": 1}


def test_the_same_file_is_kept_once(tmp_path):
    content = disputed()
    original = content["sources"][0]["snapshots"][1]["original"]
    content["sources"][1]["snapshots"] = [{"kind": "full", "text": "Seen.", "original": original}]
    told = "sources[1].snapshots[0].original: The same file is kept already, under text 2 of “report”."
    assert problems(tmp_path, content) == [told]
    load(tmp_path, disputed())
    assert problems(tmp_path, content) == [told]


def test_a_large_file_comes_back_as_it_went(tmp_path):
    """Above what a dossier without files ever held."""
    content = disputed()
    large = bytes(range(256)) * 4096 * 19
    content["sources"][0]["snapshots"][1]["original"] = {"name": "large.bin", "content": b64encode(large).decode()}
    load(tmp_path, content)
    exported = save(tmp_path, dossier.export("talks"), "talks.yaml")
    assert dossier.load(exported).nothing
    assert bytes(Original.objects.get().content) == large
