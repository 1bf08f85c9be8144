"""A cell that moved on under an open form: the version that both began from, a colleague's, and what was typed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from ..database.dates import ALWAYS
from ..domain.cells import Cell, Record
from ..domain.dates import in_words
from ..domain.editing import Choices
from ..domain.meanwhile import Since, shown, stood
from ..models.stances import Cause
from ..texts.differing import Fate, Stretch, changes
from ..texts.merging import merge
from .evidence import evidence_of
from .pieces import BOTH, Piece, of_evidence, of_parties
from .stances import StanceForm
from .telling import FIELDS, TEXTS, Telling

PICK = "pick-"  # pick-limits=theirs: whose limits are to stand
NOT_CARRIED = ("csrfmiddlewaretoken", "based_on", "act", "cause", "replaces", "why")  # the page asks or says anew
LISTS = {"depends_on": ", ", "evidence": "\n"}  # what stands between their pieces
THEIRS, MINE, BOTH_OF_THEM = "theirs", "mine", "both"


@dataclass(frozen=True)
class Line:
    """One field in three versions, in words. `pick` is whose is picked at first.

    `both` is a text of both together, for fields that are text; `pieces` what can be taken piece by piece. They are
    there where both changed the field, each in another way. `clean`: both together needs no decision.
    """

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    pick: str
    both: str | None = None
    pieces: tuple[Piece, ...] = ()
    clean: bool = True

    @property
    def same(self) -> bool:
        return self.theirs == self.mine

    @property
    def by_them(self) -> bool:
        return self.theirs != self.base

    @property
    def by_me(self) -> bool:
        return self.mine != self.base

    @property
    def can_be_both(self) -> bool:
        return self.both is not None or bool(self.pieces)

    @property
    def their_changes(self) -> tuple[Stretch, ...]:
        return self._changes(self.theirs)

    @property
    def my_changes(self) -> tuple[Stretch, ...]:
        return self._changes(self.mine)

    def _changes(self, version: str) -> tuple[Stretch, ...]:
        if version == self.base or not self.base:  # where nothing was said before, all of it is new
            return (Stretch(version, "kept"),) if version else ()
        if self.name in TEXTS:
            return changes(self.base, version)
        between = LISTS.get(self.name)
        if between is None:
            return _stretches([(self.base, "gone"), (version, "new")])
        was, now = self.base.split(between), version.split(between)
        gone = between.join(each for each in was if each not in now)
        kept = between.join(each for each in now if each in was)
        new = between.join(each for each in now if each not in was)
        ends: dict[Fate, str] = {"kept": between if new else "", "gone": between if kept or new else "", "new": ""}
        return _stretches([(gone, "gone"), (kept, "kept"), (new, "new")], ends)


def _stretches(parts: Iterable[tuple[str, Fate]], ends: Mapping[Fate, str] | None = None) -> tuple[Stretch, ...]:
    """The parts that say something; `ends` is what parts them from what follows."""
    return tuple(Stretch(text + (ends or {}).get(fate, ""), fate) for text, fate in parts if text)


@dataclass(frozen=True)
class Conflict:
    """All that the page shows and carries on: nothing typed is lost.

    `theirs` is what stands in the cell now, `them` whose it is, `since` all that came in meanwhile. `started_from` is
    the number of the stance that the form was filled with, 0 where there was none.
    """

    started_from: int
    theirs: Record
    them: str
    since: tuple[Since, ...]
    lines: tuple[Line, ...]
    carried: tuple[tuple[str, str], ...]
    why: str
    causes: tuple[tuple[str, str, bool], ...]

    @property
    def code_differs(self) -> bool:
        return not self.lines[0].same

    @property
    def undecided(self) -> list[Line]:
        """The fields where both changed the same thing, so that one of the two has to give way."""
        return [line for line in self.lines if line.by_them and line.by_me and not line.same and not line.clean]


def compare(form: StanceForm, cell: Cell, offered: Choices, since: Sequence[Since] = ()) -> Conflict:
    """What the page of a conflict shows. `cell` is as it stands now, `form` as it was sent, judged or not."""
    data = form.data
    assert isinstance(data, QueryDict)  # what a browser sent
    base, theirs = stood(cell.history, form.started_from), shown(cell.history, cell.version)
    assert theirs is not None  # a cell that has moved on has a stance
    telling = Telling(offered, [record for record in (base, theirs) if record])
    own = any(each.is_own and each.seq == theirs.seq for each in since)
    them = "you in another window" if own else theirs.proposed_by or theirs.by
    replaces, cause = data.get("replaces", ""), data.get("cause", "")
    carried = [
        (name, value)
        for name, values in data.lists()
        if name not in NOT_CARRIED and not name.startswith((PICK, BOTH))
        for value in values
    ]
    standing = [str(record.seq) for record in cell.standing_records]
    if standing:  # what it was to replace may have been replaced since
        carried.append(("replaces", replaces if replaces in standing else standing[0]))
    chosen = cause if cause in Cause.values and cause != Cause.FIRST else Cause.REJUDGED
    return Conflict(
        started_from=base.seq if base else 0,
        theirs=theirs,
        them=them,
        since=tuple(since),
        lines=_lines(telling, base, theirs, form, them),
        carried=tuple(carried),
        why=data.get("why", ""),
        causes=tuple((c.value, c.label, c == chosen) for c in Cause if c != Cause.FIRST),
    )


def _lines(telling: Telling, base: Record | None, theirs: Record, form: StanceForm, them: str) -> tuple[Line, ...]:
    data = form.data
    assert isinstance(data, QueryDict)
    was, here, typed = telling.of(base), telling.of(theirs), telling.typed(form)
    if not data.get("held_from"):  # left open: as it was, where it was so always
        began = base.held_from if base else None
        typed["held_from"] = in_words(ALWAYS if ALWAYS in (began, theirs.held_from) else None)
    if theirs.cause == Cause.WITHDRAWN:  # it says nothing that could be taken field by field
        return tuple(
            Line(name, label, was[name], here[name], typed[name], THEIRS if here[name] == typed[name] else MINE)
            for name, label in FIELDS.items()
        )
    lines = {
        name: _line(name, label, was[name], here[name], typed[name]) for name, label in FIELDS.items() if name in TEXTS
    }
    for name in ("code", "red_line", "confidence", "held_from"):
        pick = _pick(was[name], here[name], typed[name], MINE)
        clean = pick == THEIRS or here[name] == was[name]
        lines[name] = Line(name, FIELDS[name], was[name], here[name], typed[name], pick, clean=clean)
    parties = of_parties(
        [party.slug for party in base.depends_on] if base else [],
        [party.slug for party in theirs.depends_on],
        data.getlist("depends_on"),
        names=telling.names,
        them=them,
    )
    lines["depends_on"] = _in_pieces("depends_on", was, here, typed, parties, BOTH_OF_THEM)
    versions = (evidence_of(base), evidence_of(theirs), form.chosen)
    pieces = of_evidence(*versions, words=telling.words_of(*versions), them=them)
    # how words bear is told of one judgement, so with another stance they are not simply added up
    of_one_judgement = BOTH_OF_THEM if lines["code"].same else lines["code"].pick
    lines["evidence"] = _in_pieces("evidence", was, here, typed, pieces, of_one_judgement)
    if not lines["code"].same:
        lines["evidence"] = _with_the_code(lines["evidence"], of_one_judgement)
    return tuple(lines[name] for name in FIELDS)


def _line(name: str, label: str, base: str, theirs: str, mine: str) -> Line:
    if theirs == mine or base in (theirs, mine):
        return Line(name, label, base, theirs, mine, _pick(base, theirs, mine, MINE))
    both = merge(base, theirs, mine)
    pick = BOTH_OF_THEM if both.clean else MINE
    return Line(name, label, base, theirs, mine, pick, both=both.text, clean=both.clean)


def _in_pieces(
    name: str,
    was: Mapping[str, str],
    here: Mapping[str, str],
    typed: Mapping[str, str],
    pieces: Sequence[Piece],
    otherwise: str,
) -> Line:
    versions = (was[name], here[name], typed[name])
    differ = len(set(versions)) == 3
    return Line(name, FIELDS[name], *versions, _pick(*versions, otherwise), pieces=tuple(pieces) if differ else ())


def _with_the_code(line: Line, side: str) -> Line:
    return Line(line.name, line.label, line.base, line.theirs, line.mine, side, pieces=line.pieces, clean=line.same)


def _pick(base: str, theirs: str, mine: str, otherwise: str) -> str:
    """What I did not touch never undoes what a colleague changed, and what they did not touch is mine."""
    if theirs == mine or mine == base:
        return THEIRS
    return MINE if theirs == base else otherwise
