"""The confidence that evidence allows, after the Admiralty scales: by table, and by what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.domain.confidence import Graded, propose
from negotiations.models.stances import Confidence

RANK = [Confidence.LOW, Confidence.MODERATE, Confidence.HIGH]
EVIDENCE = st.lists(
    st.builds(Graded, st.sampled_from(["one", "two", "three"]), st.sampled_from("ABCDEF"), st.integers(1, 6)),
    max_size=6,
)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("", "low"),
        ("one A1, two B2", "high"),
        ("one B2, two B2, three F6", "high"),
        ("one A1, one A1", "moderate"),  # one origin, told twice
        ("one A1", "moderate"),
        ("one B2", "moderate"),
        ("one B3", "low"),
        ("one C3, two C3", "moderate"),
        ("one A3, two C1", "moderate"),
        ("one C3, one C3", "low"),
        ("one C3, two C4", "low"),
        ("one C1, two D1", "low"),
        ("one A1, two C3", "moderate"),
        ("one A6, two A6", "low"),  # the claim can't be judged
        ("one F1, two F1", "low"),  # nor the outlet
        ("one E5, two D4, three F6", "low"),
    ],
)
def test_the_table(grades, expected):
    pairs = [each.split() for each in grades.split(", ") if each]
    evidence = [Graded(origin, grade[0], int(grade[1])) for origin, grade in pairs]
    assert propose(evidence) == expected


@given(EVIDENCE, EVIDENCE)
def test_more_evidence_never_lowers_it_and_its_order_is_nothing(some, more):
    assert RANK.index(propose(some + more)) >= RANK.index(propose(some))
    assert propose(some + more) == propose(more + some)


@given(EVIDENCE)
def test_saying_the_same_again_adds_nothing(evidence):
    assert propose(evidence * 3) == propose(evidence)


@given(EVIDENCE)
def test_one_origin_alone_is_never_enough_for_high(evidence):
    alone = [Graded("one", each.reliability, each.credibility) for each in evidence]
    assert propose(alone) != Confidence.HIGH
