"""How much work a function does, counted in steps: the same on a busy machine as on an idle one."""

import sys
from collections.abc import Callable
from typing import Any


def steps(work: Callable[[], Any]) -> int:
    """How many lines of Python are run, and functions entered and left, whoever's they are.

    What is done in C within one step is not told; the benchmarks in `tools/` measure that.
    """
    count = 0

    def step(frame: Any, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], Any], size: int) -> float:
    """How many times as many steps ten times the size takes: some ten if each part is looked at once, a hundred if
    each is compared with each."""
    return steps(lambda: work(10 * size)) / steps(lambda: work(size))
