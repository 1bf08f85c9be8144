"""How far a long command has come: one line that is written anew on a terminal, and nothing elsewhere."""

from __future__ import annotations

from typing import Any

WIDTH = 24  # characters of the bar


class Progress:
    """`out` is where it is told, such as a command's stderr; `total` is how many things there are."""

    def __init__(self, out: Any, total: int) -> None:
        self.out = out
        self.total = total
        self.done = 0
        self.shows = out.isatty()

    def tell(self, name: str) -> None:
        """The next thing begins."""
        if self.shows:
            bar = ("#" * (WIDTH * self.done // self.total)).ljust(WIDTH, ".")
            self._write(f"[{bar}] {self.done + 1} of {self.total}  {name[:40]}")
        self.done += 1

    def end(self) -> None:
        if self.shows:
            self._write("")

    def _write(self, line: str) -> None:
        self.out.write(f"\r\x1b[K{line}", ending="")
        self.out.flush()
