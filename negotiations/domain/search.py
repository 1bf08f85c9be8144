"""Full-text search in one negotiation: what is asked, what answers, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..texts.queries import LONGEST, MOST, Query, parse
from ..texts.words import folded
from . import languages as language_names
from . import search_filters, search_results, search_terms, spellings
from .names import Named
from .negotiations import Workspace, get_workspace
from .permissions import Who
from .search_results import Results, TooSlow, Where
from .sources import NONE

NO_WORD = "There is no word in this to look for."


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as it came; what makes no sense in it is told by `problems`, or left out."""

    words: str = ""
    kind: str = ""
    party: str = ""
    status: str = ""
    reliability: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    standing: str = ""
    order: str = ""
    page: str = ""


@dataclass(frozen=True)
class SearchPage:
    """`results` is None where nothing was looked for: `problems`, by the name of the field, say why, if there are any.

    `spelt` are spellings that were looked for too, `meant` names that may have been meant.
    """

    workspace: Workspace
    asked: Asked
    parties: tuple[Named, ...]
    languages: tuple[tuple[str, str], ...]
    problems: Mapping[str, str] = field(default_factory=dict)
    results: Results | None = None
    spelt: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        a = self.asked
        return any((a.kind, a.party, a.status, a.reliability, a.language, a.since, a.until, a.standing))


def search(slug: str, asked: Asked, *, by: Who) -> SearchPage:
    """Look for `asked.words` in all that the negotiation says. The kinds of hits alone decide how many queries."""
    workspace = get_workspace(slug, by=by)
    nouns = spellings.names_of(workspace.id)
    languages = search_terms.languages(workspace.id)
    page = SearchPage(
        workspace,
        asked,
        parties=tuple(sorted((Named(n.party, n.name) for n in nouns if n.party), key=lambda party: party.name)),
        languages=tuple((code or NONE, language_names.in_words(code)) for code in languages),
    )
    query = parse(asked.words)
    filters, problems = search_filters.read(asked, {noun.party for noun in nouns if noun.party}, set(languages))
    problems |= _problems(asked, query)
    if problems or not query.groups:
        return replace(page, problems=problems)
    groups, spelt, likely = spellings.widen(query, nouns)
    chosen = (noun for noun in nouns if noun.party and noun.party == filters.party)
    names = [name for noun in chosen for name in spellings.phrases_of(noun)]
    terms = search_terms.read([*search_terms.phrases_in(groups), *names], languages)
    groups = tuple(group for group in map(terms.telling, groups) if group.wanted)
    if not groups:
        return replace(page, problems={"words": NO_WORD})
    checks, values = search_filters.conditions(filters, workspace.id, terms.any_of(names))
    within = Where(" AND ".join(["true", *checks]), tuple(values), filters.kind)
    try:
        results = search_results.find(
            workspace.id, groups, terms, within, by_rank=asked.order != "newest", page=_number(asked.page)
        )
    except TooSlow as slow:
        return replace(page, problems={"words": str(slow)})
    marked = {folded(piece.text) for hit in results.hits for piece in hit.excerpt.pieces if piece.marked}
    spelt = (*spelt, *(way for way in likely if folded(way) in marked))  # of likely ones only those that were found
    meant = () if results.hits else tuple(spellings.near(query, nouns))
    return replace(page, results=results, spelt=spelt, meant=meant)


def _number(page: str) -> int:
    """What is no number is the first page."""
    return max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _problems(asked: Asked, query: Query) -> dict[str, str]:
    if len(asked.words) > LONGEST:
        return {"words": f"Look for at most {LONGEST} characters at once; these are {len(asked.words)}."}
    if query.is_long:
        return {"words": f"Look for at most {MOST} words at once; these are {query.terms}."}
    if query.only_unwanted:
        return {"words": "Say also what to look for: there are only words to leave out."}
    if asked.words.strip() and not query.groups:
        return {"words": NO_WORD}
    return {}
