"""An editor in a process of its own: records stance after stance, and says on its output which are recorded.

`python -m tests.drill.worker ACCOUNT HOW_MANY POSITION...` — what it says: one key a line, the stance's rationale.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from uuid import uuid4

import django
from django.db import InterfaceError, OperationalError, connection

GONE = (OperationalError, InterfaceError)  # the server went away, or is not back yet


def main(account: str, how_many: int, cells: list[int]) -> None:
    from negotiations.domain.negotiations import get_workspace
    from negotiations.domain.positions import Entry, record_stances
    from negotiations.domain.stances import Draft, Item
    from negotiations.models import Position, Quote, User

    user = User.objects.get(username=account)
    negotiation = Position.objects.select_related("negotiation").get(pk=cells[0]).negotiation
    workspace = get_workspace(negotiation.slug, by=user)
    quote = Quote.objects.filter(negotiation=negotiation).earliest("pk").pk
    versions = dict(Position.objects.filter(pk__in=cells).values_list("pk", "version"))
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(how_many):
        cell, key = cells[number % len(cells)], uuid4()
        draft = Draft(
            cause="moved" if versions[cell] else "first",
            code="supports" if number % 2 else "opposes",
            limits=f"Number {number}",  # so that it moves
            rationale=str(key),
            confidence="low",
            held_from=date(2026, 1, 31),  # after whatever the seed says
            precision="by",
            evidence=(Item("supports", quote=quote),),
        )
        while True:  # the same form, until it is answered
            try:
                record_stances(workspace, [Entry(cell, versions[cell], draft)], by=user, why="A drill.", key=key)
                break
            except GONE:
                connection.close()
                time.sleep(0.05)
        versions[cell] += 1
        print(key, flush=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]), [int(word) for word in sys.argv[3:]])
