"""The few pieces of markup that are built in Python, because a board has hundreds of them. All of it is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models.stances import Code, Confidence

SHORT_UNKNOWN = format_html('Not enough<span class="x"> evidence</span>')
NOTHING = SafeString("")


def glyph(code: str) -> SafeString:
    return format_html('<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>', code or "unknown")


def word(code: str) -> str:
    """A stance's code as people read it; a withdrawn stance has none."""
    return Code(code).label if code else "Withdrawn"


def stance(code: str, red_line: bool = False, short: bool = False) -> SafeString:
    """Glyph and word of a stance, with the rule of a red line where there is one."""
    label = SHORT_UNKNOWN if short and code == Code.UNKNOWN else word(code)
    return format_html(
        '<span class="stance {}{}">{}<span class="w">{}{}</span></span>',
        code or "unknown",
        " red-line" if red_line else "",
        glyph(code),
        label,
        format_html('<span class="vh">, red line</span>') if red_line else "",
    )


def confidence(level: str) -> SafeString:
    """Three rising bars with their word."""
    if not level:
        return NOTHING
    return format_html(
        '<svg class="conf" aria-hidden="true"><use href="#c-{}"/></svg> {}', level, Confidence(level).label
    )


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


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


def strip(counts: dict[str, int], total: int) -> SafeString:
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
