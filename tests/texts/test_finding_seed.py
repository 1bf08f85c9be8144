"""How well the seed's own evidence is found again in the full texts: the measure that the numbers were fitted to."""

from __future__ import annotations

import yaml
from django.conf import settings

from negotiations.texts.finding import Passage, find, prepare
from negotiations.texts.naming import Actor, Person

from ..full_texts import documents

SEED = settings.BASE_DIR / "fixtures" / "paris-2026.yaml"
FIRST = 10
PROOF = ("supports", "contradicts")
Place = tuple[int, int, int]


def cast(seed: dict) -> tuple[list[Actor], dict[str, int]]:
    keys = {party["slug"]: number for number, party in enumerate(seed["parties"], 1)}
    people = {
        slug: tuple(
            Person((person["name"], *person.get("aliases", ())), tuple(person.get("titles", ())))
            for person in seed["people"]
            if person["party"] == slug
        )
        for slug in keys
    }
    actors = [
        Actor(
            keys[party["slug"]],
            (party["name"], *party.get("aliases", ())),
            people[party["slug"]],
            party["kind"] == "collective",
            frozenset(keys[member["party"]] for member in party.get("members", ())),
        )
        for party in seed["parties"]
    ]
    return actors, keys


def places(seed: dict, texts: dict[int, str]) -> dict[str, Place]:
    """Where each quote stands in the full texts, whatever apostrophes they have."""
    even = {key: text.replace("’", "'").replace("\n", " ") for key, text in texts.items()}
    found = {}
    for quote in seed["quotes"]:
        exact = quote["exact"].replace("’", "'")
        key = next(key for key, text in even.items() if exact in text)
        start = even[key].index(exact)
        found[quote["slug"]] = (key, start, start + len(exact))
    return found


def has(passage: Passage, place: Place) -> bool:
    text, start, end = place
    shared = min(end, passage.end) - max(start, passage.start)
    return passage.text == text and shared > 0.6 * (end - start)


def test_nine_of_ten_quotes_that_prove_a_cell_are_among_the_first_ten_passages():
    seed = yaml.safe_load(SEED.read_text(encoding="utf-8"))
    texts = dict(enumerate(documents().values(), 1))
    actors, keys = cast(seed)
    library, where = prepare(texts, actors), places(seed, texts)
    terms = {priority["number"]: priority["terms"] for priority in seed["priorities"]}
    hits = []
    for cell in seed["positions"]:
        first = find(library, keys[cell["party"]], terms[cell["priority"]])[:FIRST]
        cited = [one for stance in cell["stances"] for one in stance.get("evidence", ())]
        proof = [where[one["quote"]] for one in cited if one["bearing"] in PROOF and "quote" in one]
        hits += [any(has(passage, place) for passage in first) for place in proof]
    assert len(hits) > 60
    assert sum(hits) >= 0.9 * len(hits)
