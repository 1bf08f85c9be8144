"""A small cast for tests that find: three states, a collective, and who speaks for them."""

from negotiations.texts.finding import Passage, find, prepare
from negotiations.texts.naming import Actor, Person

FRANCE, GERMANY, RUSSIA, UKRAINE, ALLIES = 1, 2, 3, 4, 5
CAST = [
    Actor(FRANCE, ("France", "French Republic"), (Person(("Emmanuel Macron", "Macron"), ("President",)),)),
    Actor(GERMANY, ("Germany",), (Person(("Friedrich Merz",), ("Chancellor",)),)),
    Actor(RUSSIA, ("Russia", "Moscow"), (Person(("Vladimir Putin",), ("President",)),)),
    Actor(UKRAINE, ("Ukraine", "Kyiv"), (Person(("Volodymyr Zelenskyy", "Zelensky"), ("President",)),)),
    Actor(ALLIES, ("Coalition of the Willing", "Coalition"), (), True, frozenset({FRANCE, GERMANY})),
]
FORCE = ["troops", "soldiers", "multinational force", "boots on the ground"]


def passages(text: str, party: int = FRANCE, terms: list[str] | None = None) -> list[str]:
    """The passages of a text on a party and the force, best first."""
    return [text[one.start : one.end] for one in found({1: text}, party, terms)]


def found(texts: dict[int, str], party: int = FRANCE, terms: list[str] | None = None) -> list[Passage]:
    return find(prepare(texts, CAST), party, FORCE if terms is None else terms)
