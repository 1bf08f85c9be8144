"""Whatever a file says, a load either does it or refuses it with sentences: no other error comes out."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.exchange import dossier

from .dossiers import disputed, save, stance

JUNK = st.sampled_from(
    [
        *(None, True, 0, 1, 3, -1, 2**70, 1.5, [], {}, [[]], [{}], {"x": 1}, ["a", "a"]),
        *("", " ", "x", "france", "no", "\x00", "\ud800", "x" * 400, "first", "withdrawn", "unknown", "month", "by"),
        *("2026-01-06", "9999-12-31", "2026-13-01"),
    ]
)


def whole() -> dict[str, Any]:
    """The disputed dossier with a log and something of what it lacks."""
    content = disputed() | {
        "instruments": [
            {
                "slug": "plan",
                "name": "Plan",
                "kind": "plan",
                "signatures": [{"party": "france", "state": "signed", "quote": "send-them"}],
            }
        ],
        "users": [{"username": "ada", "name": "Ada"}],
    }
    content["negotiation"]["memberships"] = [{"user": "ada", "role": "reader"}]
    content["positions"][0]["stances"].append(stance(cause="corrected", replaces=1))
    return content


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(each for step, child in steps for each in places(child, (*way, step)))]


def put(content: Any, way: tuple[Any, ...], value: Any) -> Any:
    content = copy.deepcopy(content)
    if not way:
        return value
    place = content
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return content


@pytest.fixture
def exported(db, tmp_path) -> dict[str, Any]:
    dossier.load(save(tmp_path, whole()))
    edits = [
        {"table": "membership", "row": "ada", "before": {"user": "ada", "role": "reader"}},
        {"table": "attendance", "row": ["summit", "france", None], "after": {"party": "france", "note": "x"}},
    ]
    content = json.loads(dossier.export("talks", "json"))
    content["negotiation"]["slug"] = "elsewhere"
    content["changes"][0]["edits"] = edits
    return content


def load_or_be_refused(path) -> None:
    refused = None
    try:
        with transaction.atomic():
            dossier.load(path)
            transaction.set_rollback(True)
    except dossier.Refused as error:
        refused = error
    if refused is not None:
        assert refused.problems
        assert all(problem.sentence.endswith((".", "?", "”")) for problem in refused.problems), str(refused)
        assert "The database refused" not in str(refused), "a rule is missing: this tells no place"


FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["junk.json", "junk.yaml"])
@FEW
@given(data=st.data())
def test_junk_in_a_hand_written_file(tmp_path, name, data):
    content = whole()
    way = data.draw(st.sampled_from(places(content)))
    value = data.draw(JUNK)
    if name.endswith("yaml") and value in ("\x00", "\ud800"):
        return  # can't be written in YAML
    load_or_be_refused(save(tmp_path, put(content, way, value), name))


@pytest.mark.django_db
@FEW
@given(data=st.data())
def test_junk_in_an_export(tmp_path, exported, data):
    way = data.draw(st.sampled_from(places(exported)))
    load_or_be_refused(save(tmp_path, put(exported, way, data.draw(JUNK)), "junk.json"))


@pytest.mark.django_db
@FEW
@given(data=st.data())
def test_junk_over_a_negotiation_that_is_there(tmp_path, exported, data):
    content = put(exported, ("negotiation", "slug"), "talks")
    for source in (content, whole()):
        way = data.draw(st.sampled_from(places(source)[1:]))
        load_or_be_refused(save(tmp_path, put(source, way, data.draw(JUNK)), "junk.json"))


@pytest.mark.django_db
@FEW
@given(data=st.binary(max_size=200))
def test_junk_that_is_no_file_of_ours(tmp_path, data):
    load_or_be_refused(save(tmp_path, data, "junk.yaml"))
    load_or_be_refused(save(tmp_path, data, "junk.json"))
    load_or_be_refused(save(tmp_path, data, "junk"))
