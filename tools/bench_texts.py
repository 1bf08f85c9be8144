"""How long it takes to find passages again, and passages about a party: `.venv/bin/python tools/bench_texts.py`.

For each kind of text: milliseconds of this process's own time for 20,000 characters, the least of several rounds, and
how many times that ten times as long a text takes. Nothing is judged here; docs/decisions/anchoring.md has the figures
that we saw.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from negotiations.texts.anchoring import Selector, anchor
from negotiations.texts.finding import find, prepare
from negotiations.texts.naming import Actor

SIZE, ROUNDS = 20_000, 7
PASSAGE = "France will lead a multinational force on land, at sea and in the air"
BEFORE, AFTER = "It rained a lot in the city of Bonn. ", ". They met again on Tuesday in Rome. "
OTHER = PASSAGE.replace("will", "may")
NEWS = (
    "Ministers met in Rome to settle how a truce would be watched. “We will not sign a blank cheque,” one said – and\n"
    "left. Norway would pay for radar; Spain has asked for three more weeks.\n\n"
)
ANCHORED = {
    "news": NEWS,
    "news, soft hyphens": NEWS.replace("er", "er\u00ad"),
    "repeated surroundings": f"{BEFORE}Nobody knew of it{AFTER}",
    "near copies": f"{BEFORE}{OTHER}{AFTER}",
    "its words in another order": " ".join(sorted(PASSAGE.split())) + " ",
    "marks": "e\u0301",
    "ligatures": "ﬁ",
    "soft hyphens": "a\u00adb ",
    "hyphens at lines' ends": "a-\nb ",
    "empty lines": "a\n\n",
}
FOUND = {
    "news": NEWS,
    "names and terms": "France's troops. ",
    "one long word in capitals": "PRESIDENT",
    "titles": "Minister Ab Cd, the envoy, ",
}


def main() -> None:
    selector = Selector(PASSAGE, BEFORE[-32:], AFTER[:32], 300, 300 + len(PASSAGE))
    for name, pattern in ANCHORED.items():
        tell(f"anchoring: {name}", pattern, lambda text: anchor(selector, text))
    cast = [Actor(1, ("France",), ())]
    for name, pattern in FOUND.items():
        tell(f"finding: {name}", pattern, lambda text: find(prepare({1: text}, cast), 1, ["troops"]))


def tell(name: str, pattern: str, work: Callable[[str], object]) -> None:
    short, long = (least(work, pattern * (size // len(pattern))) for size in (SIZE, 10 * SIZE))
    print(f"{name:42} {1000 * short:8.1f} ms  × {long / short:.1f}")


def least(work: Callable[[str], object], text: str) -> float:
    """The least time of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        work(text)
        times.append(process_time() - begun)
    return min(times)


if __name__ == "__main__":
    main()
