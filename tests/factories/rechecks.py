"""What people decided of quotes in later texts, of cells to look at again, and of passages that were found."""

from __future__ import annotations

from negotiations.models import AnchoringDecision, PassageJudgement, Stay

from .base import Owned, of_the_same


class AnchoringDecisionFactory(Owned):
    class Meta:
        model = AnchoringDecision

    anchoring = of_the_same("AnchoringFactory")
    holds = True
    reason = "Only the spelling changed."


class StayFactory(Owned):
    class Meta:
        model = Stay

    position = of_the_same("PositionFactory")
    reason = "Two other sources say the same."


class PassageJudgementFactory(Owned):
    class Meta:
        model = PassageJudgement

    position = of_the_same("PositionFactory")
    snapshot = of_the_same("SnapshotFactory")
    start = 0
    end = 12
    relevant = False
