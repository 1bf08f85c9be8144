"""The filters of a board, as its address tells them. Cells that don't match recede; positions hold."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from ..models.parties import PartyKind
from ..models.stances import Code, Confidence
from .as_of import Standing
from .asking import only

GROUPS = ("kind", "collective")
# How an address spells them.
NAMES = ("code", "kind", "collective", "confidence", "mark", "contested", "priority", "unknown", "linked", "group")
MARKS = ("if", "but", "red-line", "through", "contested", "recheck", "proposed", "changed")


@dataclass(frozen=True)
class Filters:
    """Empty means everything. `kinds` and `collective` choose rows, the others cells; `group` puts rows together."""

    codes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    collective: str = ""
    confidences: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    priorities: frozenset[int] = frozenset()
    hide_empty: bool = False
    linked: bool = False
    group: str = ""

    def among(
        self, *, collectives: Container[str], numbers: Container[int], is_past: bool, is_compared: bool = False
    ) -> Filters:
        """The same without what there is not: collectives, priorities, in the past what is work of today, and where
        nothing is compared what changed."""
        absent = ({"recheck", "proposed"} if is_past else set()) | (set() if is_compared else {"changed"})
        return replace(
            self,
            collective=self.collective if self.collective in collectives else "",
            priorities=frozenset(number for number in self.priorities if number in numbers),
            marks=self.marks - absent,
        )

    @property
    def any_cell(self) -> bool:
        return bool(self.codes or self.confidences or self.marks or self.priorities)

    @property
    def any(self) -> bool:
        return bool(self.any_cell or self.kinds or self.collective or self.hide_empty)

    def takes_cell(self, standing: Standing, *, marks: Sequence[str], number: int) -> bool:
        return (
            (not self.codes or standing.code in self.codes)
            and (not self.confidences or (standing.is_known and standing.confidence in self.confidences))
            and self.marks.issubset(marks)
            and (not self.priorities or number in self.priorities)
        )

    def takes_row(self, *, kind: str, collectives: set[str], is_empty: bool) -> bool:
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.collective or self.collective in collectives)
            and not (self.hide_empty and is_empty)
        )


EVERYTHING = Filters()


def read(values: Callable[[str], Sequence[str]]) -> Filters:
    """Filters from an address; `values(name)` gives all that it says under a name.

    `code=`, `kind=`, `confidence=`, `mark=`, `priority=` (each as often as wanted), `collective=`, `contested=1`,
    `unknown=only` or `unknown=hide` (parties without a position), `linked=1`, `group=kind` or
    `group=collective`. What else it says is left out.
    """
    codes = only(values("code"), Code.values)
    marks = only(values("mark"), MARKS)
    if "1" in values("contested"):
        marks |= {"contested"}
    if "only" in values("unknown"):
        codes |= {Code.UNKNOWN}
    return Filters(
        codes=codes,
        kinds=only(values("kind"), PartyKind.values),
        collective=next(iter(values("collective")), ""),
        confidences=only(values("confidence"), Confidence.values),
        marks=marks,
        priorities=frozenset(int(n) for n in values("priority") if n.isascii() and n.isdigit() and len(n) < 6),
        hide_empty="hide" in values("unknown"),
        linked="1" in values("linked"),
        group=next(iter(only(list(values("group"))[-1:], GROUPS)), ""),
    )
