"""Which quotes have some words: as search finds them, and also as a part of a word, a name or a title."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from ..models import SearchEntry
from ..models.search import SearchKind
from ..texts.queries import LONGEST, parse
from . import search_terms, spellings
from .spellings import Sought, SoughtGroup

PLACES = ("exact", "speaker__name", "party__name", "snapshot__source__title")
NONE = Q(pk__in=[])


def having(negotiation: int, words: str) -> Q:
    """What holds for quotes that have the words, typed as in a search. Three queries."""
    query = parse(words) if len(words) <= LONGEST and "\x00" not in words else None
    if query is None or not query.groups or query.is_long:
        return NONE
    groups, _, _ = spellings.widen(query, spellings.names_of(negotiation))
    terms = search_terms.read(search_terms.phrases_in(groups), search_terms.languages(negotiation))
    told = [group for group in map(terms.telling, groups) if group.wanted]
    return reduce(or_, (_group(negotiation, group, terms) for group in told), NONE)


def _group(negotiation: int, group: SoughtGroup, terms: search_terms.Terms) -> Q:
    telling = [sought for sought in group.wanted if not any(terms.is_stopped(sought, c) for c in terms.configs)]
    wanted = [_sought(negotiation, sought, terms) for sought in telling or group.wanted]
    return reduce(and_, [*wanted, *(~_sought(negotiation, sought, terms) for sought in group.unwanted)])


def _sought(negotiation: int, sought: Sought, terms: search_terms.Terms) -> Q:
    """The term in the quote itself, in any form and spelling; or as typed in it, its speaker, party or source."""
    if sought.literal:
        return _as_typed(sought.literal)
    made = terms.wanted(SoughtGroup((sought,), ()))
    found = SearchEntry.objects.filter(
        negotiation_id=negotiation,
        kind=SearchKind.QUOTE,
        vector=SearchQuery(made, config="pg_catalog.simple", search_type="raw"),
    )
    return Q(pk__in=found.values("row")) | reduce(and_, (_as_typed(" ".join(phrase)) for phrase in sought.ways[0]))


def _as_typed(words: str) -> Q:
    return reduce(or_, (Q((f"{place}__icontains", words)) for place in PLACES))
