"""Snapshots, their files and quotes: hashes that are right, words that stand where the file says they do."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from hashlib import sha256

from .nodes import Problems, shortened
from .schema import Anchoring, Dossier, Judgement, Original, Quote, Source

SURROUNDING = 32  # characters of prefix and suffix
Texts = dict[tuple[str, int], str]


def placed(dossier: Dossier, stored: Dossier | None, problems: Problems) -> Dossier:
    """The dossier with each quote's place and surroundings, looked up where the file leaves them out."""
    texts: Texts = {}
    for source in (*(stored.sources if stored else ()), *dossier.sources):
        for snapshot in source.snapshots:
            if source.slug and snapshot.number and snapshot.text:
                texts[source.slug, snapshot.number] = snapshot.text
    for source in dossier.sources:
        for snapshot in source.snapshots:
            if snapshot.sha256 and snapshot.text and snapshot.sha256 != hash_of(snapshot.text):
                problems.add(snapshot.node.at("sha256"), "The text is not the one that this hash was made of.")
    for cell in dossier.positions:
        for judgement in cell.judgements:
            _check_judgement(judgement, texts, problems)
    sources = tuple(_with_files(source, problems) for source in dossier.sources)
    if not dossier.has_a_log:  # by which a file was taken in again, after its text was taken out
        _check_files_once(sources, stored.sources if stored else (), problems)
    return replace(
        dossier,
        sources=sources,
        quotes=tuple(_placed(quote, texts, problems) for quote in dossier.quotes),
    )


def _with_files(source: Source, problems: Problems) -> Source:
    """The source with size and hash of each original file, which must be right where they are given."""
    return replace(
        source,
        snapshots=tuple(
            replace(snapshot, original=_measured(snapshot.original, problems)) if snapshot.original else snapshot
            for snapshot in source.snapshots
        ),
    )


def _measured(original: Original, problems: Problems) -> Original:
    if not original.content:
        return original
    content = b64decode(original.content)
    found = replace(original, size=len(content), sha256=sha256(content).hexdigest())
    for name in ("size", "sha256"):
        if original.gives(name) and getattr(original, name) != getattr(found, name):
            problems.add(original.node.at(name), f"The {name} of this file is {getattr(found, name)}.")
    return found


def _check_files_once(sources: tuple[Source, ...], stored: tuple[Source, ...], problems: Problems) -> None:
    """The same bytes are kept once in a negotiation, under one text."""
    kept: dict[str, tuple[str, int | None]] = {}
    for source in (*stored, *sources):
        for snapshot in source.snapshots:
            if snapshot.original is None or not snapshot.original.sha256:
                continue
            first = kept.setdefault(snapshot.original.sha256, (source.slug, snapshot.number))
            if first != (source.slug, snapshot.number):
                told = f"The same file is kept already, under text {first[1]} of “{first[0]}”."
                problems.add(snapshot.original.node, told)


def _check_judgement(judgement: Judgement, texts: Texts, problems: Problems) -> None:
    if not judgement.source or judgement.snapshot is None:
        return
    text = texts.get((judgement.source, judgement.snapshot))
    if text is None:
        told = f"The source “{judgement.source}” has no snapshot {judgement.snapshot}."
        problems.add(judgement.node.at("snapshot"), told)
    elif None not in (judgement.start, judgement.end) and not judgement.start < judgement.end <= len(text):
        told = f"{judgement.start} to {judgement.end} is no span of that text."
        problems.add(judgement.node.at("end"), told)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _placed(quote: Quote, texts: Texts, problems: Problems) -> Quote:
    text = texts.get((quote.source, quote.snapshot or 1))
    if text is None:
        if (quote.source, 1) in texts:
            told = f"The source “{quote.source}” has no snapshot {quote.snapshot}."
            problems.add(quote.node.at("snapshot"), told)
        elif quote.source:
            problems.add(quote.node.at("source"), f"The source “{quote.source}” has no snapshot to quote from.")
        return quote
    for anchoring in quote.anchorings:
        _check_anchoring(quote, anchoring, texts, problems)
    if not quote.exact:
        return quote
    start = _start(quote, text, problems)
    if start is None:
        return quote
    end = start + len(quote.exact)
    found = replace(
        quote,
        start=start,
        end=end,
        prefix=text[max(start - SURROUNDING, 0) : start],
        suffix=text[end : end + SURROUNDING],
    )
    for name in ("end", "prefix", "suffix"):
        if quote.gives(name) and getattr(quote, name) != getattr(found, name):
            told = shortened(str(getattr(found, name)))
            problems.add(quote.node.at(name), f"In the text, the {name} of these words is “{told}”.")
    return found


def _start(quote: Quote, text: str, problems: Problems) -> int | None:
    """Where the words begin, in characters from 0; None where that is not clear, which `problems` then tells."""
    where = f"snapshot {quote.snapshot} of “{quote.source}”"
    told = shortened(quote.exact)
    if quote.start is not None:
        if text.startswith(quote.exact, quote.start):
            return quote.start
        problems.add(quote.node.at("start"), f"“{told}” does not stand at {quote.start} of {where}.")
        return None
    first = text.find(quote.exact)
    if first < 0:
        problems.add(quote.node.at("exact"), f"“{told}” does not stand in {where}.")
        return None
    times = sum(text.startswith(quote.exact, place) for place in range(first, len(text)))
    if times > 1:
        hint = "Quote more words, or say which by `start`."
        problems.add(quote.node.at("exact"), f"“{told}” stands {times} times in {where}. {hint}")
        return None
    return first


def _check_anchoring(quote: Quote, anchoring: Anchoring, texts: Texts, problems: Problems) -> None:
    text = texts.get((quote.source, anchoring.snapshot))
    if text is None:
        if anchoring.snapshot is not None:
            told = f"The source “{quote.source}” has no snapshot {anchoring.snapshot}."
            problems.add(anchoring.node.at("snapshot"), told)
        return
    if anchoring.start is None and anchoring.end is None:
        if anchoring.state in ("exact", "moved", "altered"):
            problems.add(anchoring.node, f"Where it is {anchoring.state}, say at which `start` and `end`.")
    elif anchoring.start is None or anchoring.end is None:
        problems.add(anchoring.node, "`start` and `end` go together.")
    elif not anchoring.start < anchoring.end <= len(text):
        problems.add(anchoring.node.at("end"), f"{anchoring.start} to {anchoring.end} is no span of that text.")
