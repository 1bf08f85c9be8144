"""How fast the past is beside the present: `.venv/bin/python tools/bench_as_of.py`.

It makes a database of its own beside Parley's, fills it with made-up stances, and drops it at the end. `deep` is one
negotiation whose 200 cells hold 5,000 stances each, `wide` are 50 negotiations whose 200 cells hold 100 each: a million
in both. Rounds take turns, and medians are told. Nothing is judged here; docs/decisions/as-of.md has what we saw.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiations.settings")

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from negotiations.database.roles import as_owner  # noqa: E402
from negotiations.domain import as_of  # noqa: E402
from negotiations.domain.boards import current_standings  # noqa: E402
from negotiations.models import (  # noqa: E402
    Change,
    Negotiation,
    Outlet,
    Party,
    Position,
    Priority,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
    User,
)

PARTIES, PRIORITIES = 40, 5
START = date(2010, 1, 1)
SHAPES = {"deep": (1, 5_000), "wide": (50, 100)}  # negotiations, stances of each cell

# One act a step, on every cell; every twentieth corrects the one before. A step is as many days as fill 5,000.
FILL = [
    """INSERT INTO negotiations_position (negotiation_id, party_id, priority_id, version, code, precision, confidence,
         red_line, conditions, limits, rationale, supporting, contradicting, in_context, origins)
       SELECT %(negotiation)s, party.id, priority.id, 0, 'unknown', '', '', false, '', '', '', 0, 0, 0, 0
       FROM negotiations_party party JOIN negotiations_priority priority USING (negotiation_id)
       WHERE negotiation_id = %(negotiation)s ORDER BY party.id, priority.id""",
    """INSERT INTO negotiations_change (negotiation_id, revision, at, verb, what, why, request_hash, transaction)
       SELECT %(negotiation)s, 1 + n, %(start)s::date + n * %(days)s + time '12:00', 'recorded', '', '', '', ''
       FROM generate_series(1, %(depth)s) n""",
    """INSERT INTO negotiations_stance (negotiation_id, revision, position_id, seq, code, rationale, conditions, limits,
         red_line, confidence, held_from, precision, cause, replaces)
       SELECT %(negotiation)s, 1 + n, p.id, n,
         (ARRAY['champions', 'supports', 'neutral', 'opposes', 'rejects'])[1 + (n + p.id) %% 5],
         'It said so on that day.', CASE WHEN n %% 3 = 0 THEN 'After a ceasefire' ELSE '' END, '', false, 'low',
         %(start)s::date + n * %(days)s, 'day',
         CASE WHEN n = 1 THEN 'first' WHEN n %% 20 = 0 THEN 'corrected' ELSE 'moved' END,
         CASE WHEN n %% 20 = 0 THEN n - 1 END
       FROM generate_series(1, %(depth)s) n CROSS JOIN negotiations_position p
       WHERE p.negotiation_id = %(negotiation)s ORDER BY n, p.id""",
    """INSERT INTO negotiations_evidence (negotiation_id, revision, stance_id, quote_id, bearing, locator)
       SELECT s.negotiation_id, s.revision, s.id, (%(quotes)s::bigint[])[1 + s.seq * 10 / (%(depth)s + 1)],
         'supports', ''
       FROM negotiations_stance s WHERE s.negotiation_id = %(negotiation)s""",
    "UPDATE negotiations_position SET version = %(depth)s WHERE negotiation_id = %(negotiation)s",
    "UPDATE negotiations_negotiation SET revision = 1 + %(depth)s WHERE id = %(negotiation)s",
]
GUARDED = (
    *(
        "negotiation",
        "change",
        "party",
        "priority",
        "position",
        "outlet",
        "source",
        "sourcegrading",
        "snapshot",
        "quote",
    ),
    *("stance", "evidence"),
)
TEXT = "They said so on that day, and no more."


def guard(how: str) -> None:
    """The guards look at each row that is written, which here takes longer than the writing."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE negotiations_{table} {how} TRIGGER USER")


def fill(number: int, depth: int) -> Negotiation:
    """One negotiation with its stances; each tenth of them rests on a source published when that tenth began."""
    talks = Negotiation.objects.create(slug=f"bench-{number}", name="Bench", visibility="public")
    Change.objects.create(negotiation=talks, revision=1, at=datetime(2009, 12, 31, tzinfo=UTC), verb="opened")
    Party.objects.bulk_create(
        Party(negotiation=talks, slug=f"party-{n}", name=f"Party {n}", order=n) for n in range(PARTIES)
    )
    Priority.objects.bulk_create(
        Priority(negotiation=talks, number=n + 1, name=f"Priority {n + 1}") for n in range(PRIORITIES)
    )
    quotes = [quote_of(talks, n).pk for n in range(10)]
    asked = {"negotiation": talks.pk, "depth": depth, "days": 5_000 // depth, "start": str(START), "quotes": quotes}
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, asked)
    as_of.refresh(talks.pk, positions=list(Position.objects.filter(negotiation=talks).values_list("pk", flat=True)))
    return talks


def quote_of(talks: Negotiation, tenth: int) -> Quote:
    told = {"negotiation": talks, "revision": 1}
    outlet = Outlet.objects.create(negotiation=talks, slug=f"outlet-{tenth}", name=f"Outlet {tenth}", reliability="B")
    day = START + timedelta(days=500 * tenth)
    source = Source.objects.create(
        negotiation=talks, slug=f"source-{tenth}", title="Source", outlet=outlet, published_on=day, status="accepted"
    )
    SourceGrading.objects.create(**told, source=source, status="accepted", reason="It is.")
    text = Snapshot.objects.create(
        **told, source=source, number=1, kind="full", text=TEXT, sha256=sha256(TEXT.encode()).hexdigest()
    )
    return Quote.objects.create(
        **told, slug=f"quote-{tenth}", snapshot=text, exact=TEXT[:12], suffix=TEXT[12:44], start=0, end=12,
        basis="own_words",
    )  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return 1000 * (perf_counter() - started)


def measure(talks: Negotiation, depth: int, rounds: int) -> None:
    """The present against the past, as queries and as whole pages; each round asks all of them in turn."""
    half, early, head = START + timedelta(days=2_500), START + timedelta(days=250), depth + 1
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="bench"), backend="django.contrib.auth.backends.ModelBackend")

    def stood(**asked: object) -> Callable[[], object]:
        return lambda: as_of.standings(talks.pk, **({"as_of": date.max, "known_at": head} | asked))  # type: ignore[arg-type]

    def page(query: str = "") -> Callable[[], object]:
        return lambda: client.get(f"/n/{talks.slug}/{query}")

    queries = {
        "now, from the copies": lambda: current_standings(talks.pk),
        "as of the middle": stood(as_of=half),
        "as of an early day": stood(as_of=early),
        "known half-way": stood(known_at=depth // 2),
        "known early": stood(known_at=depth // 20),
        "public by the middle": stood(public_by=half),
    }
    pages = {
        "now": page(),
        "as of the middle": page(f"?as_of={half}"),
        "known half-way": page(f"?known_at={depth // 2}"),
        "public by the middle": page(f"?public_by={half}"),
        "compared": page(f"?compare={depth // 2}"),
    }
    assert client.get(f"/n/{talks.slug}/?as_of={half}").status_code == 200
    for what, acts in (("query", queries), ("page", pages)):
        for act in acts.values():
            act()
        times: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(rounds):
            for name, act in acts.items():
                times[name].append(timed(act))
        first = median(next(iter(times.values())))
        for name, spent in times.items():
            print(
                f"  {what:6} {name:24}{median(spent):>9.2f} ms{median(spent) / first:>8.2f} ×   (best {min(spent):.2f})"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, action="append")
    parser.add_argument("--depth", type=int, help="stances of each cell, for a quick look")
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    setup_test_environment()
    for shape in options.shape or SHAPES:
        many, depth = SHAPES[shape]
        depth = options.depth or depth
        with as_owner():
            before = connections["default"].settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            try:
                User.objects.create(username="bench", is_superuser=True)
                started = perf_counter()
                guard("DISABLE")
                talks = [fill(number, depth) for number in range(many)]
                guard("ENABLE")
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
                    cursor.execute("SELECT count(*), pg_size_pretty(pg_total_relation_size('negotiations_stance')) "
                                   "FROM negotiations_stance")  # fmt: skip
                    stances, size = cursor.fetchone()
                print(f"{shape}: {stances:,} stances ({size}), filled in {perf_counter() - started:.0f} s")
                measure(talks[many // 2], depth, options.rounds)
            finally:
                connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
