"""Since when a stance is held reads as a sentence, however exactly it is known."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("when", "precision", "told"),
    [
        (date(2026, 1, 6), "day", "held from 6 January 2026"),
        (date(2026, 1, 6), "by", "held by 6 January 2026"),
        (date(2026, 1, 31), "month", "held from January 2026"),
        (date.min, "day", "held always, as far as we know"),
    ],
)
def test_since_when_a_stance_is_held(when, precision, told):
    stance = Context({"when": when, "precision": precision})
    page = Template("{% load parley %}{% held when precision %}").render(stance)
    assert told in page.replace(f'<time datetime="{when.isoformat()}">', "").replace("</time>", "")
