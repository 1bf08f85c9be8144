"""The judges themselves: a page with faults in it is caught by each of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .judging import OVERFLOW, faults, look, run_axe
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bad(visitor: Callable[..., Visitor]) -> Visitor:
    someone = visitor()
    someone.page.goto("/codebook/")
    return someone


ADD_TO_MAIN = "document.querySelector('main').append"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (f"{ADD_TO_MAIN}(Object.assign(new Image(), {{src: '/static/img/favicon.svg'}}))", "image-alt"),
        (f"{ADD_TO_MAIN}(document.createElement('input'))", "label"),
        ("document.querySelector('main p').style.color = '#aaa'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('h1').outerHTML = '<h4>Code book</h4>'", "page-has-heading-one"),
    ],
)
def test_axe_finds_what_is_broken(bad: Visitor, fault: str, rule: str) -> None:
    look(bad.page, "light", 1440)
    assert run_axe(bad.page) == []
    bad.page.evaluate(fault)
    assert [found.partition(":")[0] for found in run_axe(bad.page)] == [rule]


def test_dark_is_judged_as_well_as_light(bad: Visitor) -> None:
    bad.page.evaluate("document.querySelector('main p').style.color = 'light-dark(#000, #333)'")
    found = faults(bad.page, [("light", 1440), ("dark", 1440)])
    assert ["dark 1440: color-contrast" in each for each in found] == [True]


def test_a_page_that_is_too_wide_is_found(bad: Visitor) -> None:
    look(bad.page, "light", 390)
    assert bad.page.evaluate(OVERFLOW) is None
    bad.page.evaluate("document.querySelector('main p').style.width = '500px'")
    assert "px wide" in bad.page.evaluate(OVERFLOW)


POLICY = "Content Security Policy"
ADD = "document.body.append"


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')", POLICY),
        (f"{ADD}(Object.assign(document.createElement('script'), {{text: 'window.ran = 1'}}))", POLICY),
        (f"{ADD}(Object.assign(new Image(), {{src: 'https://elsewhere.example/x.png'}}))", "elsewhere.example"),
        (f"{ADD}(Object.assign(new Image(), {{src: '/static/missing.png'}}))", "missing.png"),
        ("setTimeout(() => { throw new Error('a fault in a script') })", "a fault in a script"),
        ("console.warn('a warning of a script')", "a warning of a script"),
    ],
)
def test_a_page_that_complains_is_heard(bad: Visitor, deed: str, complaint: str) -> None:
    bad.page.evaluate(f"() => {{ {deed} }}")
    bad.page.wait_for_timeout(100)
    assert complaint in " ".join(bad.complaints)
    assert bad.page.evaluate("window.ran") is None
    bad.complaints.clear()
