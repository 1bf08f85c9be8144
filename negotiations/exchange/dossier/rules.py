"""What holds between the keys of one thing, and along chains of things: sentences before the database says no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .nodes import Problems
from .parsing import walk
from .rules_reviews import check_comments, check_proposals
from .schema import (
    Change,
    Commitment,
    Contradiction,
    Dossier,
    Event,
    Evidence,
    Instrument,
    Meeting,
    Party,
    Proof,
    ProposedEvidence,
    Question,
    QuestionEvent,
    Signature,
    Source,
    Stance,
)

LONGEST_CHAIN = 99  # sources that repeat each other, as the database counts them


def check(dossier: Dossier, stored: Dossier | None, problems: Problems) -> None:
    _check_revisions(dossier, problems)
    for party in dossier.parties:
        _check_party(party, dossier, problems)
    for meeting in dossier.meetings:
        _check_meeting(meeting, problems)
    for instrument in dossier.instruments:
        _check_instrument(instrument, problems)
    for commitment in dossier.commitments:
        _check_commitment(commitment, problems)
    for cell in dossier.positions:
        for stance in cell.stances:
            _check_stance(stance, dossier, problems)
        check_comments(cell, dossier, problems)
        check_proposals(cell, dossier, _check_quoted_once, problems)
    there = {contradiction.slug for contradiction in stored.contradictions} if stored else set()
    for contradiction in dossier.contradictions:
        _check_contradiction(contradiction, contradiction.slug not in there, problems)
    for question in dossier.questions:
        _check_question(question, problems)
    _check_origins(dossier, stored, problems)
    for name in ("outlets", "sources"):
        _check_merges(getattr(dossier, name), getattr(stored, name, ()), problems)
    _check_snapshots(dossier, stored, problems)


def _check_revisions(dossier: Dossier, problems: Problems) -> None:
    """A revision names a change of the file; so there are either both, or neither."""
    last = len(dossier.changes)
    for item in walk(dossier):
        if isinstance(item, Change) or not hasattr(item, "revision"):
            continue
        if not last and item.revision is not None:
            told = "A revision names a change, and this file brings no `changes`. Leave it out."
            problems.add(item.node.at("revision"), told)
        elif last and item.revision is None:
            problems.add(item.node, "`revision` is missing: this file brings its `changes`, so each row names its own.")
        elif last and item.revision is not None and item.revision > last:
            problems.add(item.node.at("revision"), f"There is no change {item.revision}; the last is {last}.")


def _check_party(party: Party, dossier: Dossier, problems: Problems) -> None:
    if party.members and party.kind not in ("collective", "") and not dossier.has_a_log:
        problems.add(party.node.at("members"), "Only a collective has members.")
    for member in party.members:
        if member.party and member.party == party.slug:
            problems.add(member.node.at("party"), "A collective is no member of itself.")


def _check_meeting(meeting: Meeting, problems: Problems) -> None:
    if meeting.starts_on and meeting.ends_on and meeting.ends_on < meeting.starts_on:
        problems.add(meeting.node.at("ends_on"), "A meeting can't end before it starts.")


def _check_instrument(instrument: Instrument, problems: Problems) -> None:
    if instrument.replaces and instrument.replaces == instrument.slug:
        problems.add(instrument.node.at("replaces"), "An instrument does not replace itself.")
    for signature in instrument.signatures:
        known = signature.state in ("signed", "not_signed")
        if known and not signature.quote and not (signature.source and signature.locator):
            told = "Say which `quote`, or where in which `source` (`locator`), tells of it."
            problems.add(signature.node, told)
        elif not signature.quote or signature.source is None:
            _check_locator(signature, problems)


def _check_commitment(commitment: Commitment, problems: Problems) -> None:
    for event in commitment.events:
        if event.quote and (event.source or event.locator):
            problems.add(event.node, "Give either a quote, or a source with its locator.")
        elif not event.quote and not event.source and not event.locator and not event.note.strip():
            problems.add(event.node, "Say how we know: a `quote`, a `source` with its `locator`, or a `note`.")
        else:
            _check_locator(event, problems)


def _check_locator(
    item: Signature | Event | Evidence | ProposedEvidence | Proof | QuestionEvent, problems: Problems
) -> None:
    if item.source and not item.locator:
        problems.add(item.node.at("source"), "Say where in the source, under `locator`.")
    elif item.locator and not item.source:
        problems.add(item.node.at("locator"), "A locator goes with a `source`.")


def _check_stance(stance: Stance, dossier: Dossier, problems: Problems) -> None:
    """What the rules of the domain do not look at; those come in cells.py."""
    if stance.cause == "withdrawn" and not dossier.has_a_log:
        said = ("stance", "rationale", "conditions", "limits", "depends_on", "red_line", "confidence", "evidence")
        for name in (*said, "held_from", "precision"):
            if stance.gives(name):
                told = "A withdrawal says nothing but what it replaces (and why)."
                problems.add(stance.node.at(name), told)
    _check_quoted_once(stance.evidence, "Evidence", "evidence of this stance", problems)


def _check_contradiction(contradiction: Contradiction, is_new: bool, problems: Problems) -> None:
    given = contradiction.gives("sides")  # of one that is stored, what the file leaves out is not looked at
    if len(contradiction.sides) < 2 and (given or is_new):
        told = "A contradiction has two sides, or more."
        problems.add(contradiction.node.at("sides") if given else contradiction.node, told)
    numbers = [side.number for side in contradiction.sides]
    for side in contradiction.sides:
        if numbers.count(side.number) > 1:
            problems.add(side.node.at("number"), f"There are several sides with the number {side.number}.")
        if not side.proofs:
            problems.add(side.node, "A side rests on words: name its `proofs`.")
        _check_quoted_once(side.proofs, "A proof", "a proof of this side", problems)
    touched = [(cell.party, cell.priority, cell.revision) for cell in contradiction.cells]
    for cell, key in zip(contradiction.cells, touched, strict=True):
        if touched.count(key) > 1:
            problems.add(cell.node, f"The cell of {cell.party} on {cell.priority} stands here twice.")


def _check_quoted_once(
    items: Sequence[Evidence | ProposedEvidence | Proof],
    what: str,
    of: str,
    problems: Problems,
) -> None:
    """What rests on words: each is a quote or a locator, and no quote stands there twice by the same act."""
    seen = set()
    for item in items:
        if bool(item.quote) == bool(item.source or item.locator):
            problems.add(item.node, f"{what} is either a `quote`, or a `source` with its `locator`.")
            continue
        _check_locator(item, problems)
        key = (item.quote, getattr(item, "revision", None))
        if item.quote and key in seen:
            problems.add(item.node.at("quote"), f"“{item.quote}” is {of} already.")
        seen.add(key)


def _check_question(question: Question, problems: Problems) -> None:
    if (question.party is None) != (question.priority is None):
        problems.add(question.node, "A question of a cell names its `party` and its `priority`.")
    for event in question.events:
        cited = event.quote or event.source or event.locator
        if event.state == "answered":
            if bool(event.quote) == bool(event.source or event.locator):
                told = "A question is answered by a `quote`, or by a `source` with its `locator`."
                problems.add(event.node, told)
            else:
                _check_locator(event, problems)
        elif event.state and (cited or not event.note.strip()):
            problems.add(event.node, "Say why in a `note`; only an answer cites something.")


def _check_merges(mine: tuple[Any, ...], stored: tuple[Any, ...], problems: Problems) -> None:
    """What was merged leads to what is kept, in one step."""
    into = {item.slug: item.merged_into for item in stored if item.merged_into}
    named = {item.slug: item for item in mine if item.slug and item.merged_into}
    into |= {slug: item.merged_into for slug, item in named.items()}
    for slug, item in named.items():
        if item.merged_into == slug:
            problems.add(item.node.at("merged_into"), "Nothing is merged into itself.")
        elif item.merged_into in into:
            kept = into[item.merged_into]
            told = f"“{item.merged_into}” is itself merged into “{kept}”. Merge this one into that one too."
            problems.add(item.node.at("merged_into"), told)


def _check_origins(dossier: Dossier, stored: Dossier | None, problems: Problems) -> None:
    """No source repeats itself, also not through others."""
    every: dict[str, Source] = {source.slug: source for source in (stored.sources if stored else ())}
    named = [source for source in dossier.sources if source.slug]
    every |= {source.slug: source for source in named}
    for source in named:
        chain = [source.slug]
        while (origin := every[chain[-1]].merged_into or every[chain[-1]].origin) in every:
            if origin == source.slug or len(chain) > LONGEST_CHAIN:
                told = " → ".join([*chain[:8], *(["…"] if len(chain) > 8 else []), str(origin)])
                at = "merged_into" if source.merged_into else "origin"
                problems.add(source.node.at(at), f"This source would repeat itself: {told}.")
                break
            if origin in chain:
                break  # a circle further up, told at its own sources
            chain.append(origin)


def _check_snapshots(dossier: Dossier, stored: Dossier | None, problems: Problems) -> None:
    there = {source.slug: len(source.snapshots) for source in (stored.sources if stored else ())}
    for source in dossier.sources:
        highest = there.get(source.slug, 0)
        numbers: set[Any] = {snapshot.number for snapshot in source.snapshots}
        for snapshot in source.snapshots:
            if snapshot.number and any(n not in numbers for n in range(highest + 1, snapshot.number)):
                problems.add(snapshot.node.at("number"), "Snapshots are numbered 1, 2, 3, without gaps.")
