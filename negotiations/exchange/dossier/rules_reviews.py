"""What holds within a proposal, and that its author is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .nodes import Problems
from .schema import Cell, Dossier, ProposedEvidence

Check = Callable[[Sequence[ProposedEvidence], str, str, Problems], None]


def check_proposals(cell: Cell, dossier: Dossier, check_evidence: Check, problems: Problems) -> None:
    for proposal in cell.proposals:
        if not dossier.has_a_log:
            told = "Who proposed this is told by its change, and this file brings no `changes`. Leave `proposals` out."
            problems.add(proposal.node, told)
        check_evidence(proposal.evidence, "Evidence", "evidence of this proposal", problems)
