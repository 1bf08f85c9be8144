"""The curators' pages, one file a noun. What they write goes through the domain, as everywhere."""

from . import (
    changes,
    commitments,
    evidence,
    instruments,
    meetings,
    negotiations,
    outlets,
    parties,
    people,
    priorities,
    quotes,
    snapshots,
    sources,
    stances,
    users,
)

__all__ = [
    "changes",
    "commitments",
    "evidence",
    "instruments",
    "meetings",
    "negotiations",
    "outlets",
    "parties",
    "people",
    "priorities",
    "quotes",
    "snapshots",
    "sources",
    "stances",
    "users",
]
