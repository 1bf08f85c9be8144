"""Editors at their browsers: each sends edit after edit, and the same form again until it is answered."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

RECORDED = 302  # on to the cell's page


@dataclass
class Cell:
    """A cell that one editor has for itself, so that nobody else moves it on."""

    address: str
    quote: int
    version: int


class Stay(urllib.request.HTTPRedirectHandler):
    """The answer is what is looked at, not where it leads."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Browser:
    def __init__(self, site: str) -> None:
        self.site, self.cookies = site, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)

    def send(self, path: str, form: dict[str, Any] | None = None) -> int:
        """The status of the answer; 0 where there was none."""
        token = next((cookie.value for cookie in self.cookies if "csrf" in cookie.name), "")
        request = urllib.request.Request(
            self.site + path, data=urlencode(form).encode() if form else None, headers={"X-CSRFToken": token or ""}
        )
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def sign_in(self, username: str, password: str) -> None:
        self.send("/accounts/sign-in/")
        told = self.send("/accounts/sign-in/", {"username": username, "password": password})
        assert told == RECORDED, f"{username} can't sign in: {told}"


@dataclass
class Editor:
    """`acknowledged` has the keys of the edits that the server said are recorded."""

    browser: Browser
    cells: list[Cell]
    acknowledged: list[str] = field(default_factory=list)
    surprises: list[int] = field(default_factory=list)

    def work(self, how_many: int, until: threading.Event) -> None:
        for number in range(how_many):
            if until.is_set() or not self.edit(self.cells[number % len(self.cells)], until):
                return

    def edit(self, cell: Cell, until: threading.Event) -> bool:
        """Send one form until the server says that it is recorded; its rationale is its key."""
        key = str(uuid4())
        form = {
            "code": "supports" if cell.version % 2 else "opposes",
            "rationale": key,
            "conditions": key,  # so that each is a move: one that changes nothing is refused
            "confidence": "low",
            "held_from": "2026-01-31",  # after whatever the seed says
            "precision": "by",
            "cause": "moved" if cell.version else "first",
            "why": "A drill.",
            "based_on": cell.version,
            "key": key,
            f"bearing-{cell.quote}": "supports",
        }
        while (told := self.browser.send(cell.address, form)) != RECORDED:
            if told not in (0, 500, 502, 503):
                self.surprises.append(told)
                return False
            if until.is_set():
                return False
            time.sleep(0.05)
        cell.version += 1
        self.acknowledged.append(key)
        return True
