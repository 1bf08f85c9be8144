"""What holds within a proposal, and that the authors of proposals and comments are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .nodes import Problems
from .schema import Cell, Dossier, ProposedEvidence

Check = Callable[[Sequence[ProposedEvidence], str, str, Problems], None]


def check_comments(cell: Cell, dossier: Dossier, problems: Problems) -> None:
    for comment in () if dossier.has_a_log else cell.comments:
        told = "Who said this is told by its change, and this file brings no `changes`. Leave `comments` out."
        problems.add(comment.node, told)


def check_proposals(cell: Cell, dossier: Dossier, check_evidence: Check, problems: Problems) -> None:
    for proposal in cell.proposals:
        if not dossier.has_a_log:
            told = "Who proposed this is told by its change, and this file brings no `changes`. Leave `proposals` out."
            problems.add(proposal.node, told)
        check_evidence(proposal.evidence, "Evidence", "evidence of this proposal", problems)
