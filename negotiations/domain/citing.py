"""Citing: a passage of a text becomes a quote, with who said it, when, and how it reached us."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from ..models import Change, ClaimGrading, Party, Person, Quote, Snapshot, Source
from ..models.fields import Precision
from ..models.quotes import AnchorState, Basis, Credibility
from ..models.sources import SourceStatus
from ..texts.anchoring import Selector, select
from ..texts.passages import trimmed, whole_words
from ..texts.sentences import first_sentence
from ..texts.transliterating import latin
from . import anchorings, changes
from .dates import in_words, last_day
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who
from .removals import present, require_present
from .slugs import free_slug
from .stances import Invalid, can_be_stored
from .undone import counting

LONGEST_QUOTE = 5_000  # characters: what leads a reader to the words, not a copy of the document
LONGEST_THROUGH = 200


@dataclass(frozen=True)
class Told:
    """What is said of a passage. `speaker` and `party` are ids; no party means the speaker's."""

    basis: str
    speaker: int | None = None
    party: int | None = None
    said_on: date | None = None
    precision: str = Precision.DAY
    through: str = ""
    credibility: int | None = None
    reason: str = ""


class AlreadyCited(Exception):
    """These very words of this text are a quote already; nothing was written. `quote` is its id."""

    def __init__(self, quote: int):
        super().__init__("These words are cited already.")
        self.quote = quote


def cite(
    workspace: Workspace, snapshot: Snapshot, start: int, end: int, told: Told, *, by: Who, key: UUID | None = None
) -> Quote:
    """Make `text[start:end]` of a snapshot a quote, without white space at its ends; start and end in code points.

    It is looked for in the source's later texts too. Sent twice with the same key, it is done once.
    Raises Forbidden, Hidden, Invalid (what is wrong, by field), AlreadyCited, KeyReused.
    """
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may cite.")
    if snapshot.negotiation_id != workspace.id:
        raise Hidden("There is no such text here.")
    passage = _passage(snapshot.text, start, end)
    asked = changes.hash_of({"text": snapshot.pk, "start": passage.start, "end": passage.end, "told": asdict(told)})
    told, party = _checked(workspace, told)
    found = anchorings.look_ahead(snapshot, passage)
    with transaction.atomic():
        # Whoever grades the source, or cites the same words, waits here.
        source = Source.objects.select_for_update(no_key=True).get(pk=snapshot.source_id)
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return _quote_of(done)
        if refusal := why_not(source):
            raise Invalid({"": refusal})
        require_present(Snapshot.objects.filter(pk=snapshot.pk))
        _refuse_twin(snapshot, passage)
        what = f"“{first_sentence(passage.exact, 120)}” from {source.title}"
        taken = changes.take(workspace.id, by=by, verb="cited", what=what, why=told.reason, key=key, request_hash=asked)
        require_present(Party.objects.filter(pk=told.party or 0))  # once more: an undo may have come first
        require_present(Person.objects.filter(pk=told.speaker or 0))
        quote = Quote.objects.create(
            negotiation_id=workspace.id,
            revision=taken.revision,
            slug=free_slug(Quote, workspace.id, _called(party.slug if party else "", passage.exact), otherwise="quote"),
            snapshot=snapshot,
            exact=passage.exact,
            prefix=passage.prefix,
            suffix=passage.suffix,
            start=passage.start,
            end=passage.end,
            speaker_id=told.speaker,
            party_id=told.party,
            said_on=told.said_on,
            precision=told.precision,
            basis=told.basis,
            through=told.through,
        )
        if told.credibility is not None:
            ClaimGrading.objects.create(
                negotiation_id=workspace.id,
                revision=taken.revision,
                quote=quote,
                credibility=told.credibility,
                reason=told.reason,
            )
        anchorings.record_ahead(quote, found)
    return quote


def why_not(source: Source) -> str:
    """Why nothing of a source can be cited now, as a sentence; empty where it can."""
    if source.status in (SourceStatus.REJECTED, SourceStatus.RETRACTED):
        return f"This source is {source.get_status_display().lower()}, so nothing new can rest on it."
    if source.merged_into_id is not None:
        return "This source is the same document as another one. Cite it from there."
    return ""


def _passage(text: str, start: int, end: int) -> Selector:
    """The span as it is stored; what can't be one is refused."""
    if not 0 <= start < end <= len(text):
        raise Invalid({"passage": "This text has no such place."})
    start, end = whole_words(text, *trimmed(text, start, end))
    if start >= end:
        raise Invalid({"passage": "There are no words in this passage."})
    if end - start > LONGEST_QUOTE:
        raise Invalid({"passage": f"Cite at most {LONGEST_QUOTE:,} characters: the words that matter."})
    return select(text, start, end)


def _refuse_twin(snapshot: Snapshot, passage: Selector) -> None:
    """The same span once more, also of a quote from another text that was found again here."""
    here = Q(snapshot=snapshot, start=passage.start, end=passage.end)
    again = Q(
        anchorings__snapshot=snapshot,
        anchorings__start=passage.start,
        anchorings__end=passage.end,
        anchorings__state__in=[AnchorState.EXACT, AnchorState.MOVED],
    )
    twin = counting(Quote.objects.filter(here | again)).order_by("pk").first()
    if twin is not None:
        raise AlreadyCited(twin.pk)


def _checked(workspace: Workspace, told: Told) -> tuple[Told, Party | None]:
    """What is told, settled as it is stored, with the party; or Invalid."""
    speaker = present(Person.objects.filter(negotiation_id=workspace.id, pk=told.speaker or 0)).first()
    party_id = told.party or (speaker.party_id if speaker else None)
    party = present(Party.objects.filter(negotiation_id=workspace.id, pk=party_id or 0)).first()
    errors = _errors(told, today=workspace.today())
    if told.speaker is not None and speaker is None:
        errors["speaker"] = "This person is not of this negotiation, or was taken out."
    if party_id is not None and party is None:
        errors["party"] = "This party is not of this negotiation, or was taken out."
    if errors:
        raise Invalid(errors)
    said_on = told.said_on and min(last_day(told.said_on, told.precision), workspace.today())
    told = replace(told, party=party_id, said_on=said_on, through=told.through.strip(), reason=told.reason.strip())
    return told, party


def _errors(told: Told, *, today: date) -> dict[str, str]:
    errors = {}
    if told.basis not in Basis.values:
        errors["basis"] = "Say how these words are theirs."
    if told.precision not in Precision.values:
        errors["precision"] = "Say how exactly the day is known."
    if told.said_on is not None and told.said_on > today:
        errors["said_on"] = f"That is after today, {in_words(today)}."
    if len(told.through) > LONGEST_THROUGH:
        errors["through"] = f"Say in at most {LONGEST_THROUGH} characters through whom."
    if told.credibility is not None and told.credibility not in Credibility.values:
        errors["credibility"] = "Choose a credibility from 1 to 6."
    if told.credibility is not None and not told.reason.strip():
        errors["reason"] = "Say why the claim has this credibility."
    if told.credibility is None and told.reason.strip():
        errors["credibility"] = "Choose the credibility that you give the reason for."
    for name in ("through", "reason"):
        if not can_be_stored(getattr(told, name)):
            errors[name] = "This text holds a character that can't be stored."
    return errors


def _quote_of(change: Change) -> Quote:
    return Quote.objects.get(negotiation=change.negotiation_id, revision=change.revision or 0)


def _called(party: str, exact: str, most: int = 42) -> str:
    """What a quote's slug is made of: whose words these are, and how they begin, such as `germany-no-troops-on`."""
    words = slugify(latin(exact[:200]))
    words = words if len(words) <= most else words[:most].rpartition("-")[0] or words[:most]
    return f"{party[:30]} {words}"
