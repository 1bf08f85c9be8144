"""The few pieces of markup that are built in Python, because a board has hundreds of them. All of it is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..domain.anchorings import Outcome
from ..domain.as_of import Standing
from ..domain.boards import Cell, Column, Row, marks_of
from ..domain.comparing import CellChange
from ..domain.dates import in_words
from ..domain.rechecks import Why
from ..models.stances import Code, Confidence

SHORT_UNKNOWN = SafeString('Not enough<span class="x"> evidence</span>')
RED_LINE = SafeString('<span class="vh">, red line</span>')
FOLDED = SafeString(' class="foldrow"')
NOTHING = SafeString("")


@cache  # a handful of values, thousands of times
def glyph(code: str) -> SafeString:
    return format_html('<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>', code or "unknown")


def word(code: str) -> str:
    """A stance's code as people read it; a withdrawn stance has none."""
    return Code(code).label if code else "Withdrawn"


@cache
def stance(code: str, red_line: bool = False, short: bool = False) -> SafeString:
    """Glyph and word of a stance, with the rule of a red line where there is one."""
    label = SHORT_UNKNOWN if short and code == Code.UNKNOWN else word(code)
    return format_html(
        '<span class="stance {}{}">{}<span class="w">{}{}</span></span>',
        code or "unknown",
        " red-line" if red_line else "",
        glyph(code),
        label,
        RED_LINE if red_line else "",
    )


@cache
def confidence(level: str) -> SafeString:
    """Three rising bars with their word."""
    if not level:
        return NOTHING
    return format_html(
        '<svg class="conf" aria-hidden="true"><use href="#c-{}"/></svg> {}', level, Confidence(level).label
    )


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


@cache
def flag(kind: str, sign: str, words: str) -> SafeString:
    """A mark: its sign for the eye, its words for the ear."""
    return format_html(
        '<span class="flag {}"><span aria-hidden="true">{}</span><span class="vh">, {}</span></span>',
        kind,
        sign,
        words,
    )


def through(collectives: Iterable[str]) -> SafeString:
    """Stands with a collective: never a stance of the member's own."""
    return format_html(
        '<span class="flag through"><svg class="g" aria-hidden="true"><use href="#g-through"/></svg>'
        '<span class="vh">, through {}</span></span>',
        " and ".join(collectives),
    )


def strip(counts: Mapping[str, int], total: int) -> SafeString:
    """A bar of how many cells have each code; the unknown take their room and are drawn as unknown."""
    width, x, bars = 192.0, 0.0, []
    for code, number in counts.items():
        if number:
            share = width * number / total
            bars.append((code, round(x + 0.5, 1), round(max(share - 1.5, 1), 1)))
            x += share
    return format_html(
        '<svg class="strip" viewBox="0 0 192 12" aria-hidden="true">{}</svg>',
        format_html_join("", '<rect class="u-{}" x="{}" y=".5" width="{}" height="11"/>', bars),
    )


def cell(row: Row, column: Column, shown: Cell, *, base: str, picked: bool) -> SafeString:
    """One `<td>` of the board, for the page and for the answer that replaces one cell."""
    standing = shown.standing
    marks = "".join(f" is-{mark}" for mark in marks_of(standing, shown.through, shown.change))
    address = f"{base}positions/{row.slug}/{column.number}/"
    return format_html(
        '<td class="pri c{} {}{}{}{}{}"><a class="cell {}" id="cell-{}-{}" href="{}" hx-get="{}" hx-target="#panel"'
        ' hx-push-url="true"><span class="vh">{}, {}: </span>{}{}{}</a></td>',
        column.number,
        standing.code,
        marks,
        " linked" if column.is_linked else "",
        "" if shown.matches else " recede",
        " picked" if picked else "",
        standing.code,
        row.slug,
        column.number,
        address,
        address,
        row.name,
        column.name,
        stance(standing.code, standing.red_line, short=True),
        gist(standing),
        meta(standing, shown.through, shown.change),
    )


def gist(standing: Standing) -> SafeString:
    """The few words that matter: the condition, else the limit, else the reasoning's beginning."""
    if standing.later_by:
        when = in_words(standing.later_by, short=True)
        return format_html('<span class="gist">{} by {}, start unknown</span>', word(standing.later_code).lower(), when)
    words = standing.conditions or standing.limits or (standing.rationale if standing.is_known else "")
    return format_html('<span class="gist">{}</span>', words.strip()[:120]) if words else NOTHING


def delta(change: CellChange | None) -> SafeString:
    """The mark of a cell that changed, with the glyph of what it was."""
    if change is None:
        return NOTHING
    return format_html(
        '<span class="flag delta"><span aria-hidden="true">Δ{}</span><span class="vh">, changed, was {}</span></span>',
        glyph(change.before.code),
        word(change.before.code).lower(),
    )


def meta(standing: Standing, collectives: Iterable[str], change: CellChange | None = None) -> SafeString:
    """Confidence, evidence and the marks of a cell."""
    flags = [
        (flag("if", "if", "with conditions"), bool(standing.conditions)),
        (flag("but", "but", "with limits"), bool(standing.limits)),
        (through(collectives), bool(collectives)),
        (flag("contra", "≠", "contradicted"), standing.contradicting > 0),
        (flag("recheck", "↻", "to re-check"), standing.rechecks > 0),
        (flag("proposed", "proposed", "another stance, not counted"), standing.proposed > 0),
        (delta(change), change is not None),
    ]
    shown = format_html_join("", "{}", ((mark,) for mark, there in flags if there))
    if not standing.is_known and not shown:
        return NOTHING
    parts = []
    if standing.is_known:
        parts.append(
            format_html(
                '<svg class="conf" aria-hidden="true"><use href="#c-{}"/></svg>'
                '<span class="vh">, {} confidence, </span><span class="ev">{}, {} '
                '<span class="lg">{}</span><span class="sm" aria-hidden="true">orig.</span></span>',
                standing.confidence,
                standing.confidence,
                f"{standing.evidence} cited",
                standing.origins,
                "origin" if standing.origins == 1 else "origins",
            )
        )
    if shown:
        parts.append(format_html('<span class="flags">{}</span>', shown))
    return format_html('<span class="meta">{}</span>', format_html_join("", "{}", ((p,) for p in parts)))


def counts_in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {word(code).lower()}" for code, number in counts.items())


def outcome(act: str, told: Outcome, queue: str) -> SafeString:
    """That a text was added, what became of its source's quotes, and a link to the cells to re-check for it, if any."""
    return with_rechecks(f"{act} {told.in_words()}".rstrip(), told.cells, queue, Why.ANCHOR)


def with_rechecks(told: str, cells: int, queue: str, why: Why) -> SafeString:
    """What was done, and a link to the cells that are to be re-checked for it, if any."""
    waiting = Outcome(0, 0, cells).cells_in_words()
    link = format_html(' <a href="{}?reason={}">{}</a>.', queue, why, waiting) if cells else NOTHING
    return format_html("{}{}", told, link)


def tally(column: Column, *, picked: bool) -> SafeString:
    """The `<td>` of a column's counts: in words, as a bar, as numbers."""
    total = sum(column.counts.values())
    numbers = format_html_join(
        "",
        '<li class="{}{}">{}{}</li>',
        ((c, " z" if c == Code.UNKNOWN else "", glyph(c), n) for c, n in column.counts.items()),
    )
    return format_html(
        '<td class="pri c{}{}{}"><div class="dist"><span class="vh">{}</span>{}'
        '<ul aria-hidden="true">{}</ul></div></td>',
        column.number,
        " linked" if column.is_linked else "",
        " picked" if picked else "",
        counts_in_words(column.counts),
        strip(column.counts, total),
        numbers,
    )


def known(row: Row, columns: Sequence[Column]) -> SafeString:
    """The `<td>` that says on how many priorities a party's position is known."""
    squares = format_html_join(
        "",
        '<rect class="u-{}" x="{}" y=".5" width="13" height="11"/>',
        ((c.standing.code, 15 * n + 0.5) for n, c in enumerate(row.cells)),
    )
    return format_html(
        '<td class="cov-col"><div class="cov"><svg viewBox="0 0 {} 12" aria-hidden="true">{}</svg>'
        "<span>{} of {}</span></div></td>",
        15 * len(columns),
        squares,
        row.known,
        len(columns),
    )


def board_row(row: Row, columns: Sequence[Column], *, base: str, picked: int | None) -> SafeString:
    """One `<tr>` of the board."""
    cells = format_html_join(
        "",
        "{}",
        (
            (cell(row, column, shown, base=base, picked=column.number == picked),)
            for column, shown in zip(columns, row.cells, strict=True)
        ),
    )
    return format_html(
        '<tr{}><th scope="row"><a href="{}parties/{}/">{}</a></th>{}{}</tr>',
        NOTHING if row.known else FOLDED,
        base,
        row.slug,
        row.name,
        cells,
        known(row, columns),
    )
