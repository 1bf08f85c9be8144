"""A small dossier as dicts and lists, and short ways to save, load and take one apart."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import TransactionTestCase

from negotiations.exchange import dossier

TEXT = "The president said “we will send them”. Berlin spoke of help “in neighbouring countries”, and of help alone."
FILE = b"%PDF-1.4 \x00\xff"


def small(**more: Any) -> dict[str, Any]:
    """Two parties on two priorities; a fresh copy, to be spoilt at will."""
    return {
        "format": "parley-dossier/1",
        "negotiation": {"slug": "talks", "name": "Talks", "visibility": "public", "time_zone": "Europe/Paris"},
        "priorities": [{"number": 1, "name": "Monitoring"}, {"number": 2, "name": "A force"}],
        "parties": [
            {"slug": "france", "name": "France", "kind": "state", "description": "Host."},
            {"slug": "germany", "name": "Germany", "kind": "state"},
        ],
        "people": [{"slug": "president", "name": "The President", "party": "france"}],
        "meetings": [
            {
                "slug": "summit",
                "name": "Summit",
                "kind": "summit",
                "starts_on": "2026-01-06",
                "attendance": [{"party": "france", "person": "president", "level": "leader"}],
            }
        ],
        "outlets": [{"slug": "gazette", "name": "The Gazette", "reliability": "B", "reason": "Mostly right."}],
        "sources": [
            {
                "slug": "report",
                "title": "Report",
                "outlet": "gazette",
                "status": "accepted",
                "reason": "On the subject.",
                "snapshots": [{"kind": "precis", "text": TEXT}],
            }
        ],
        "quotes": [
            {
                "slug": "send-them",
                "source": "report",
                "exact": "we will send them",
                "speaker": "president",
                "party": "france",
                "basis": "own_words",
                "credibility": 2,
                "reason": "Others tell the same.",
            },
            {
                "slug": "neighbours",
                "source": "report",
                "exact": "in neighbouring countries",
                "party": "germany",
                "basis": "reported",
            },
        ],
        "positions": [
            {"party": "france", "priority": 2, "stances": [stance()]},
            {
                "party": "germany",
                "priority": 2,
                "stances": [{"stance": "unknown", "rationale": "Searched.", "confidence": "low", "cause": "first"}],
            },
        ],
        "commitments": [
            {
                "slug": "to-send",
                "party": "france",
                "towards": ["germany"],
                "text": "To send a force.",
                "events": [{"status": "announced", "on": "2026-01-06", "quote": "send-them"}],
            }
        ],
    } | more


def stance(**more: Any) -> dict[str, Any]:
    """France's first stance on the force."""
    return {
        "stance": "champions",
        "rationale": "It says that it will send.",
        "confidence": "moderate",
        "held_from": "2026-01-06",
        "cause": "first",
        "evidence": [{"quote": "send-them", "bearing": "supports"}],
    } | more


def disputed() -> dict[str, Any]:
    """The small dossier, with one of each; a fresh copy, to be spoilt at will."""
    content = small()
    content["priorities"][0]["terms"] = ["ceasefire"]
    content["outlets"].append({"slug": "gazette-online", "name": "Gazette Online", "merged_into": "gazette"})
    content["sources"].append({"slug": "report-again", "title": "Report", "merged_into": "report"})
    content["sources"][0]["snapshots"] = [
        {"kind": "precis", "text": TEXT},
        {
            "kind": "full",
            "text": "We shall see.",
            "original": {
                "name": "report.pdf",
                "media_type": "application/pdf",
                "size": len(FILE),
                "sha256": sha256(FILE).hexdigest(),
                "content": b64encode(FILE).decode(),
            },
        },
    ]
    content["quotes"][0]["anchorings"] = [
        {"snapshot": 2, "state": "gone", "decisions": [{"holds": True, "reason": "It means the same."}]}
    ]
    content["positions"][0] |= {
        "stays": [{"reason": "Two others say so."}],
        "judgements": [{"source": "report", "snapshot": 2, "start": 0, "end": 8, "relevant": False}],
    }
    content["contradictions"] = [
        {
            "slug": "how-many",
            "kind": "fact",
            "title": "How many there are",
            "cells": [{"party": "france", "priority": 2}],
            "sides": [
                {"says": "Ten", "proofs": [{"quote": "send-them"}]},
                {"says": "Twelve", "proofs": [{"quote": "neighbours"}, {"source": "report", "locator": "line 3"}]},
            ],
            "rulings": [{"state": "left_open", "reason": "Nobody counted."}],
        }
    ]
    content["questions"] = [
        {
            "slug": "when",
            "party": "france",
            "priority": 2,
            "text": "When will it send them?",
            "whom": "Paris",
            "due": "2026-01-31",
            "events": [{"state": "answered", "quote": "send-them", "note": "No day is named."}],
        }
    ]
    return content


def save(folder: Path, content: Any, name: str = "talks.json") -> Path:
    """Write a dossier: text as it is, else as the suffix says."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    elif path.suffix == ".json":
        path.write_text(json.dumps(content), encoding="utf-8")
    else:
        path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def load(folder: Path, content: Any, name: str = "talks.json", **how: Any) -> dossier.Loaded:
    return dossier.load(save(folder, content, name), **how)


def problems(folder: Path, content: Any, name: str = "talks.json") -> list[str]:
    """What a load of this tells; it must be refused. Each as `path: sentence`."""
    with pytest.raises(dossier.Refused) as refused:
        load(folder, content, name)
    return [f"{problem.path}: {problem.sentence}" for problem in refused.value.problems]


def forget_everything() -> None:
    """Empty the database, as between two tests. Only in tests that commit."""
    TransactionTestCase._fixture_teardown(TransactionTestCase())
