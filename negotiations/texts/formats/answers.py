"""What reading a document ends with: what was found, or a reason why it can't be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from . import limits
from .tidying import one_line, tidy

FIRST_DAY = date(1000, 1, 1)

SENTENCES = {
    "empty": "There is no text in this file.",
    "suffix": "Parley reads files called .txt, .md, .html, .htm, .pdf, .docx and .eml.",
    "too_large": "This file is too large: Parley takes up to 20 MB.",
    "binary": "This is not a text: it contains bytes that no text has.",
    "encoding": "The letters of this file can't be read for certain. Save it as UTF-8 and try again.",
    "encrypted": "This file is locked with a password. Save it without one and try again.",
    "damaged": "This file is damaged or incomplete, so its text can't be read.",
    "bomb": "This file unpacks to far more than a document holds, so it was not read.",
    "pages": "This PDF has more than 2,000 pages. Take out those that matter and try again.",
    "time": "Reading this file took too long, so it was given up.",
    "memory": "Reading this file took too much memory, so it was given up.",
    "busy": "Other documents are being read just now. Try again in a moment.",
}


class Unreadable(Exception):
    """The document can't be read. `reason` is one of the words above; the message is a sentence to show.

    `trouble` is for the log of the server: what a library stumbled over, where nobody foresaw it.
    """

    def __init__(self, reason: str, sentence: str = "", *, trouble: str = "") -> None:
        super().__init__(sentence or SENTENCES[reason])
        self.reason = reason
        self.trouble = trouble


@dataclass(frozen=True)
class Found:
    """The text of a document and what it says of itself; "" and None where it does not say."""

    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published_on: date | None = None
    language: str = ""
    notices: tuple[str, ...] = ()

    def noting(self, *notices: str) -> Found:
        return replace(self, notices=(*self.notices, *notices))


def pack(answer: Found | Unreadable) -> bytes:
    """The answer as the child process sends it."""
    if isinstance(answer, Unreadable):
        told: dict[str, Any] = {"reason": answer.reason, "sentence": str(answer), "trouble": answer.trouble}
    else:
        day = answer.published_on
        told = asdict(answer) | {"published_on": day and day.isoformat()}
    return json.dumps(told, ensure_ascii=False).encode()


def unpack(sent: bytes) -> Found:
    """What the child process found. Raises Unreadable: what it says, or `damaged` where it broke off or babbles.

    Nothing of it is believed: a fault in a library may have handed the child over to the document.
    """
    try:
        told = json.loads(sent)
        if "reason" in told:
            sentence, trouble = one_line(told["sentence"], 200), one_line(told["trouble"], 200)
            raise Unreadable(told["reason"], sentence or SENTENCES[told["reason"]], trouble=trouble)
        day = told["published_on"]
        return Found(
            text=tidy(told["text"]),
            title=one_line(told["title"], limits.TITLE_CHARACTERS),
            outlet=one_line(told["outlet"], limits.OUTLET_CHARACTERS),
            url=one_line(told["url"], limits.ADDRESS_CHARACTERS),
            published_on=_day(day),
            language=one_line(told["language"], limits.LANGUAGE_CHARACTERS),
            notices=tuple(one_line(notice, 200) for notice in told["notices"]),
        )
    except (AttributeError, LookupError, TypeError, ValueError):
        raise Unreadable("damaged") from None


def _day(told: str | None) -> date | None:
    """A day on which something can have been published: some sites write the year 1 for "unknown"."""
    day = date.fromisoformat(told) if told else None
    return day if day and FIRST_DAY <= day <= date.today() + timedelta(days=1) else None  # somewhere it is tomorrow
