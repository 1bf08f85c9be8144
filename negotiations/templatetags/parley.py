"""For templates: dates, stances and marks as people read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..domain.dates import MONTHS, in_words
from ..domain.moments import Moment
from ..domain.parts import Link
from ..views import markup

register = template.Library()

register.simple_tag(markup.stance, name="stance")
register.simple_tag(markup.glyph, name="glyph")
register.simple_tag(markup.confidence, name="confidence")
register.simple_tag(markup.counted, name="counted")
register.filter("stance_word", markup.word)


@register.simple_tag
def day(when: date | None, precision: str = "day") -> SafeString | str:
    """`{% day meeting.starts_on meeting.precision %}`: a date as exact as it is known."""
    if when is None or when == date.min:
        return in_words(when, precision)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), in_words(when, precision))


@register.simple_tag
def held(when: date | None, precision: str = "day") -> SafeString:
    """`{% held record.held_from record.precision %}`: `held from 6 January 2026`, but `held by 6 January 2026`."""
    begins = "held " if when == date.min or precision == "by" else "held from "
    return format_html("{}{}", begins, day(when, precision))


@register.simple_tag
def moment(when: datetime, zone: ZoneInfo) -> SafeString:
    """`{% moment change.at negotiation.zone %}`: an instant in the negotiation's zone."""
    local = when.astimezone(zone)
    text = f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.simple_tag
def address(link: Link, negotiation: str) -> str:
    """`{% address part.link negotiation.slug %}`: where a page of the negotiation is."""
    place = f"#{link.place}" if link.place else ""
    return reverse(link.page, args=[negotiation, *link.args]) + place


@register.simple_tag
def at_moment(shown: Moment, zone: ZoneInfo, begins: str = "as") -> SafeString:
    """`{% at_moment moment negotiation.zone "As" %}`: the moment that a page shows, in words."""
    told = [format_html("{} of {}", begins, day(shown.as_of))]
    if shown.is_pinned and shown.recorded_at:
        when = moment(shown.recorded_at, zone)
        told.append(format_html("as known on {} (revision {})", when, shown.known_at))
    elif shown.is_pinned:
        told.append(SafeString("as known before anything was recorded"))
    if shown.public_by:
        told.append(format_html("as public by {}", day(shown.public_by)))
    return format_html_join(" · ", "{}", ((each,) for each in told))
