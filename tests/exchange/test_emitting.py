"""The YAML that we write: any YAML reader takes it for what it was, and so does ours."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from negotiations.exchange.dossier import emitting, yaml_text
from negotiations.exchange.dossier.keys import keys_of
from negotiations.exchange.dossier.nodes import Node, Problems
from negotiations.exchange.dossier.schema import Party, RowEdit

from .rich import TROUBLE

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60) | st.sampled_from(
    TROUBLE
)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**15), 10**15) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda t: len(t) < 40), inner, max_size=4),
    max_leaves=12,
)


def ours(node: Node) -> Any:
    """What our own reader makes of a value."""
    from negotiations.exchange.dossier.values import anything

    problems = Problems("x")
    value = anything(node, problems)
    assert not problems, problems.found
    return value


@given(VALUES)
def test_what_is_written_is_what_every_reader_reads(value):
    edit = RowEdit(table="party", row="x", before={"value": value}, after=None)
    text = emitting.to_yaml(edit)
    for loader in (yaml.SafeLoader, yaml_text.LOADER):
        assert yaml.load(text, Loader=loader)["before"]["value"] == value
    problems = Problems("x")
    root = yaml_text.build(text, problems)
    assert root is not None
    assert not problems, problems.found
    assert ours(root.at("before").at("value")) == value


@given(TEXTS.filter(bool))
def test_json_keeps_every_text(text):
    edit = RowEdit(table="party", row=text, before=None, after=None)
    assert json.loads(emitting.to_json(edit))["row"] == text


def test_it_reads_well():
    party = Party(
        slug="france",
        name="France",
        kind="state",
        order=0,
        aliases=("no", "La France"),
        description="Host: of the summit.\nTwice.",
        members=(),
    )
    assert emitting.to_yaml(party) == (
        "slug: france\n"
        "name: France\n"
        "kind: state\n"
        "order: 0\n"
        "aliases:\n"
        '  - "no"\n'
        "  - La France\n"
        "description: |-\n"
        "  Host: of the summit.\n"
        "  Twice.\n"
    )


def test_keys_stand_in_the_order_of_the_format_and_empty_ones_not_at_all():
    party = Party(slug="a", name="A", kind="state", order=None, aliases=(), description="", members=())
    assert list(emitting.plain(party)) == ["slug", "name", "kind"]
    assert list(keys_of(Party))[:3] == ["slug", "name", "kind"]
