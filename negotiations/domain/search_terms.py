"""A question in the database's terms: for each language in use its stems, and every word without its accents too.

What people typed reaches PostgreSQL only as values; what it makes of them comes back as a tsquery, quoted by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from .spellings import Phrase, Sought, SoughtGroup

SIMPLE = ""  # stands for words as they are, without accents, beside the configurations

LANGUAGES = """
SELECT language, search_config(language)::text FROM (
  SELECT language FROM negotiations_source WHERE negotiation_id = %(negotiation)s
  UNION SELECT language FROM negotiations_snapshot WHERE negotiation_id = %(negotiation)s
  UNION SELECT 'en'  -- what analysts write
) used ORDER BY language
"""

TERMS = """
SELECT phrase, config, phraseto_tsquery(config::regconfig, search_words(phrase))::text
  FROM unnest(%(phrases)s::text[]) phrase CROSS JOIN unnest(%(configs)s::text[]) config
UNION ALL
SELECT phrase, '', phraseto_tsquery('pg_catalog.simple', search_folded(search_words(phrase)))::text
  FROM unnest(%(phrases)s::text[]) phrase
"""


@dataclass(frozen=True)
class Terms:
    """`made` has the tsquery of each phrase in each configuration; empty where it is all stop words there.

    `languages` has the configuration of each language in use.
    """

    languages: Mapping[str, str]
    made: dict[tuple[str, str], str] = field(repr=False)

    @cached_property
    def configs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.languages.values()))

    def of(self, phrase: Phrase, config: str) -> str:
        return self.made[" ".join(phrase), config]

    def telling(self, group: SoughtGroup) -> SoughtGroup:
        """The group without what is no word to PostgreSQL at all, such as characters that Unicode has not given out."""
        wanted, unwanted = (tuple(map(self._words_of, side)) for side in (group.wanted, group.unwanted))
        return SoughtGroup(tuple(filter(None, wanted)), tuple(filter(None, unwanted)))

    def _words_of(self, sought: Sought) -> Sought | None:
        ways = tuple(way for way in sought.ways if all(self.of(phrase, SIMPLE) for phrase in way))
        return Sought(ways, sought.literal) if ways or sought.literal else None

    def is_stopped(self, sought: Sought, config: str) -> bool:
        """Whether the language says nothing by it: it is not asked for beside words that say something."""
        return any(not self.of(phrase, config) for way in sought.ways for phrase in way)

    def wanted(self, group: SoughtGroup) -> str:
        """A tsquery for all that a group wants, in any of the languages; empty where it wants no words."""
        worded = [sought for sought in group.wanted if sought.ways]
        if not worded:
            return ""
        found: dict[str, None] = {}
        for config in self.configs:
            said = [self._said(sought, (config, SIMPLE)) for sought in worded if not self.is_stopped(sought, config)]
            if said:
                found[" & ".join(said)] = None
        return _any(found) if found else " & ".join(self._said(sought, (SIMPLE,)) for sought in worded)

    def unwanted(self, group: SoughtGroup) -> str:
        """A tsquery that refuses what a group does not want, in any of the languages."""
        worded = [sought for sought in group.unwanted if sought.ways and not sought.literal]
        return " & ".join(f"!{self._said(sought, (*self.configs, SIMPLE))}" for sought in worded)

    def rank(self, groups: Iterable[SoughtGroup]) -> str:
        """A tsquery to rank hits by; empty where only signs are looked for."""
        wanted = [part for group in groups if (part := self.wanted(group))]
        return _any(wanted) if wanted else ""

    def any_of(self, phrases: Iterable[Phrase]) -> str:
        """A tsquery for any of some phrases."""
        ways = tuple((phrase,) for phrase in phrases)
        return self._said(Sought(ways), (*self.configs, SIMPLE)) if ways else ""

    def _said(self, sought: Sought, configs: Sequence[str]) -> str:
        ways = {" & ".join(self._phrase(phrase, configs) for phrase in way): None for way in sought.ways}
        return _any(ways)

    def _phrase(self, phrase: Phrase, configs: Sequence[str]) -> str:
        return _any(made for config in configs if (made := self.of(phrase, config)))


def _any(parts: Iterable[str]) -> str:
    return f"({' | '.join(f'({part})' for part in dict.fromkeys(parts))})"


def languages(negotiation: int) -> dict[str, str]:
    """The languages in use, each with how PostgreSQL reads it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LANGUAGES, {"negotiation": negotiation})
        return dict(cursor.fetchall())


def read(phrases: Iterable[Phrase], languages: Mapping[str, str]) -> Terms:
    """What PostgreSQL makes of the phrases in the languages in use. One query."""
    values = {"phrases": [" ".join(phrase) for phrase in phrases], "configs": list(set(languages.values()))}
    with connection.cursor() as cursor:
        cursor.execute(TERMS, values)
        return Terms(languages, {(phrase, config): made for phrase, config, made in cursor.fetchall()})


def condition(groups: Sequence[SoughtGroup], terms: Terms) -> tuple[str, list[Any]]:
    """SQL that holds for an entry `e` that answers the question, with its values."""
    parts, values = [], []
    for group in groups:
        query = " & ".join(part for part in (terms.wanted(group), terms.unwanted(group)) if part)
        checks = ["e.vector @@ %s::tsquery"] if query else []
        values += [query] if query else []
        for sign, side in (("> 0", group.wanted), ("= 0", group.unwanted)):
            literals = [sought.literal for sought in side if sought.literal]
            checks += [f"strpos(lower(e.words), lower(%s)) {sign}"] * len(literals)
            values += literals
        parts.append(" AND ".join(checks))
    if len(parts) > 1 and all(part == "e.vector @@ %s::tsquery" for part in parts):
        return parts[0], [_any(values)]  # one question to the index instead of several
    return "(" + " OR ".join(f"({part})" for part in parts) + ")", values


def phrases_in(groups: Iterable[SoughtGroup]) -> list[Phrase]:
    """Every phrase of the question, once."""
    soughts = (sought for group in groups for sought in (*group.wanted, *group.unwanted))
    return list(dict.fromkeys(phrase for sought in soughts for way in sought.ways for phrase in way))
