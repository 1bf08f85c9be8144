"""Somebody with a browser window of their own, and what the pages they see complain of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from negotiations.models import User

# Chromium notes every answer that is no success; pages have their reasons to give one, files have none.
_ANSWER = "Failed to load resource: the server responded with a status of"
# htmx notes each request that a newer one has taken the place of.
_OVERTAKEN = re.compile("htmx:(sendAbort|afterRequest), ")

PATIENCE = 15_000  # milliseconds; browsers share the processors, and how fast a page comes is measured elsewhere


@dataclass
class Visitor:
    """`complaints` fills by itself: errors and warnings of scripts and policies, and requests to other hosts."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.on("console", self._hear)
        self.page.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.page.context.on("request", self._follow)

    def _hear(self, said: ConsoleMessage) -> None:
        about = said.location["url"]
        answered = said.text.startswith(_ANSWER) and not about.startswith(
            (f"{self.site}/static/", f"{self.site}/favicon")
        )
        if said.type in ("error", "warning") and not answered and not _OVERTAKEN.match(said.text):
            self.complaints.append(f"{said.type} on {said.page.url if said.page else '?'}: {said.text} {about}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "about:")):
            self.complaints.append(f"request to {request.url}")


def come(
    browser: Browser,
    site: str,
    name: str = "",
    *,
    width: int = 1440,
    height: int = 900,
    dark: bool = False,
    javascript: bool = True,
) -> Visitor:
    """Open a window; `name` is the account that is signed in already, none by default."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        reduced_motion="reduce",
        has_touch=width < 600,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    if name:
        _sign_in(context, site, name)
    return Visitor(context.new_page(), site)


def _sign_in(context: BrowserContext, site: str, name: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
