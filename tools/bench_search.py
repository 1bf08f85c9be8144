"""How fast a search is, beside SQLite's FTS5 that ranks every hit: `.venv/bin/python tools/bench_search.py`.

It makes a database of its own beside Parley's and drops it at the end. The texts are made up: words by Zipf's law, and
among them words that stand in a known share of the paragraphs. Rounds take turns, and medians are told. Nothing is
judged here; docs/decisions/search.md has the figures that we saw.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiations.settings")

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402

from negotiations.database.roles import as_owner  # noqa: E402
from negotiations.domain import changes, search_results  # noqa: E402
from negotiations.domain.search import Asked, search  # noqa: E402
from negotiations.models import Negotiation, Snapshot, Source, User  # noqa: E402

WORDS = 80  # in a paragraph
IN_A_TEXT = 200  # paragraphs
# words, and in which share of the paragraphs they stand
SHARES = {"everywhere": 0.9, "common": 0.45, "usual": 0.1, "middling": 0.015, "seldom": 0.002, "rare": 0.0008}


def paragraphs(many: int) -> Iterator[str]:
    """The same ones each time."""
    chance = random.Random(20260106)
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(20_000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    for _ in range(many):
        words = chance.choices(vocabulary, cum_weights=weights, k=WORDS)
        for word, share in SHARES.items():
            if chance.random() < share:
                words[chance.randrange(WORDS)] = word
        yield " ".join(words).capitalize() + "."


def fill(texts: list[str], talks: Negotiation) -> float:
    """Every text as a source of its own; the seconds that it took."""
    started = perf_counter()
    with transaction.atomic():
        taken = changes.take(talks.pk, by=None, verb="added", what="texts to search")
        for n, text in enumerate(texts):
            source = Source.objects.create(negotiation=talks, slug=f"s-{n}", title=f"Source {n}", language="en")
            Snapshot.objects.create(
                negotiation=talks, revision=taken.revision, source=source, number=1, kind="full", language="en",
                text=text, sha256=sha256(text.encode()).hexdigest(),
            )  # fmt: skip
    return perf_counter() - started


def timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return 1000 * (perf_counter() - started)


def in_sqlite(folder: str, texts: list[str]) -> sqlite3.Connection:
    lite = sqlite3.connect(Path(folder) / "fts.sqlite")
    lite.execute("CREATE VIRTUAL TABLE entries USING fts5(words, tokenize = 'porter unicode61')")
    lite.executemany("INSERT INTO entries VALUES (?)", ((p,) for text in texts for p in text.split("\n\n")))
    lite.execute("INSERT INTO entries (entries) VALUES ('optimize')")
    lite.commit()
    return lite


def statement_time() -> Callable[..., float]:
    """Milliseconds of the one statement that finds, counts and ranks; not of what a page shows beside."""
    spent: list[float] = []
    asked = search_results._ask

    def ask(*args: object) -> object:
        started = perf_counter()
        answer = asked(*args)  # type: ignore[arg-type]
        spent.append(1000 * (perf_counter() - started))
        return answer

    search_results._ask = ask  # type: ignore[assignment]
    return spent.pop


def compare(lite: sqlite3.Connection, slug: str, by: User, rounds: int) -> None:
    last = statement_time()
    ranked = "SELECT rowid, words FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT 20"
    columns = ["hits", "FTS5", "ours", "ratio", "FTS5 best", "ours best", "ratio", "newest", "whole call"]
    print(f"{'':16}" + "".join(f"{column:>11}" for column in columns))
    for word in [*SHARES, "common usual", "common rare", '"common usual"', "nowhere"]:
        match = word if '"' in word else " ".join(f'"{each}"' for each in word.split())
        hits = lite.execute("SELECT count(*) FROM entries WHERE entries MATCH ?", [match]).fetchone()[0]
        theirs, ours, newest, whole = [], [], [], []
        for _ in range(rounds):
            theirs.append(timed(lambda m=match: lite.execute(ranked, [m]).fetchall()))
            whole.append(timed(lambda w=word: search(slug, Asked(words=w), by=by)))
            ours.append(last())
            search(slug, Asked(words=word, order="newest"), by=by)
            newest.append(last())
        a, b = median(theirs), median(ours)
        figures = [a, b, b / a, min(theirs), min(ours), min(ours) / min(theirs), median(newest), median(whole)]
        print(f"{word:16}{hits:>11}" + "".join(f"{figure:>11.2f}" for figure in figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    parts = list(paragraphs(options.paragraphs))
    texts = ["\n\n".join(parts[n : n + IN_A_TEXT]) for n in range(0, len(parts), IN_A_TEXT)]
    with as_owner(), tempfile.TemporaryDirectory() as folder:
        before = connections["default"].settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            talks = Negotiation.objects.create(slug="bench", name="Bench", visibility="public")
            seconds = fill(texts, talks)
            print(f"{len(parts):,} paragraphs stored and made searchable in {seconds:.1f} s")
            started = perf_counter()
            lite = in_sqlite(folder, texts)
            print(f"SQLite {sqlite3.sqlite_version} indexed them in {perf_counter() - started:.1f} s")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE negotiations_searchentry")
                cursor.execute("SELECT version(), pg_size_pretty(pg_total_relation_size('negotiations_searchentry'))")
                print("; ".join(cursor.fetchone()))
            administrator = User.objects.create(username="bench", is_superuser=True)
            compare(lite, talks.slug, administrator, options.rounds)
            lite.close()
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
