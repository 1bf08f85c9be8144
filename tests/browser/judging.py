"""What every page must hold: no fault that axe knows of, in light and dark, wide and narrow, and no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) =>
    `${node.target.join(" ")} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""})`).join("; ")}`);
}"""
# Wider than the window, and what sticks out: the page itself must never scroll sideways.
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= innerWidth) return null;
  const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
  return `${document.documentElement.scrollWidth} px wide: ${out.slice(-3).map((e) =>
    `${e.localName}.${e.className?.baseVal ?? e.className}`).join(", ")}`;
}"""
Look = tuple[str, int]
LOOKS: tuple[Look, ...] = (("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390))
TWO_LOOKS = (LOOKS[0], LOOKS[2])  # both schemes and both widths, each once
WIDTHS = (390, 768, 1440)


def run_axe(page: Page, rules: Any = RULES) -> list[str]:
    """The violations that axe finds, as sentences. `evaluate` is not bound by the page's policy; a script tag is."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, rules)
    return found


def judge(page: Page, looks: Iterable[Look] = LOOKS) -> list[str]:
    """What is wrong in each of `looks`. Where only the scheme is another than before, it is about colours only."""
    found, before = [], 0
    for scheme, width in looks:
        look(page, scheme, width)
        wrong = run_axe(page, COLOURS if width == before else RULES)
        found += [f"{page.url} {scheme} {width}: {fault}" for fault in wrong]
        if width != before:
            found += sticking_out(page, width)
        before = width
    return found


def faults(page: Page, looks: Iterable[Look] = LOOKS) -> list[str]:
    """What is wrong with the page as it stands, in each of `looks`, and where it scrolls sideways. It ends wide."""
    looks = list(looks)
    found = judge(page, looks)
    for width in sorted({*WIDTHS} - {width for _, width in looks} | {WIDTHS[-1]}):
        page.set_viewport_size({"width": width, "height": 900})
        found += sticking_out(page, width)
    return found


def sticking_out(page: Page, width: int) -> list[str]:
    wide = page.evaluate(OVERFLOW)
    return [f"{page.url} at {width}: {wide}"] if wide else []


def look(page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
