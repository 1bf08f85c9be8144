"""Who is named, by any of their names, and who is meant by the words after one."""

import pytest

from negotiations.texts.introducing import introduced
from negotiations.texts.naming import OUTSIDER, gazetteer, mentions
from negotiations.texts.pointing import read
from negotiations.texts.wordforms import words

from .negotiators import ALLIES, CAST, FRANCE, GERMANY, RUSSIA, UKRAINE


def named(text: str) -> list[tuple[str, int]]:
    """The names in a text, and whose each is."""
    found = words(text)
    names = gazetteer(CAST, [found])
    return [
        (text[found.starts[one.first] : found.ends[one.last - 1]], one.key)
        for one in mentions(found, names, introduced([(text, found)], names))
    ]


def about(text: str, at: int = -1) -> int:
    """Of whom a sentence speaks above all: the last one, or the one at `at`."""
    seen = read({1: text}, CAST)[1].lines[at].seen
    return max(seen, key=lambda key: seen[key].weight) if seen else -1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("France", FRANCE),
        ("FRANCE", FRANCE),
        ("French", FRANCE),
        ("Paris", FRANCE),
        ("Élysée", FRANCE),
        ("Emmanuel Macron", FRANCE),
        ("MACRON", FRANCE),
        ("Merz", GERMANY),
        ("Germans", GERMANY),
        ("Kremlin", RUSSIA),
        ("Zelensky", UKRAINE),
        ("Zelenskiy", UKRAINE),
        ("Selenskyj", UKRAINE),
        ("SELENSKI", UKRAINE),
        ("Poutine", RUSSIA),
        ("Bundesregierung", GERMANY),
        ("Nato", OUTSIDER),
        ("französische", FRANCE),
        ("Français", FRANCE),
        ("Sir Emmanuel", FRANCE),
        ("coalition of the willing", ALLIES),
        ("Italian", OUTSIDER),
    ],
)
def test_a_party_goes_by_many_names(text, key):
    assert named(f"Then {text} spoke.") == [(text, key)]


@pytest.mark.parametrize("text", ["the moscowite", "a turkey", "us", "Frances", "a french window"])
def test_what_only_looks_like_a_name_is_none(text):
    assert named(f"Then {text} came.") == []


def test_the_longest_name_counts():
    assert named("Emmanuel Macron of the French Republic") == [("Emmanuel Macron", FRANCE), ("French Republic", FRANCE)]


@pytest.mark.parametrize(
    "text",
    [
        "Kremlin spokesman Dmitri Orlov came. Orlov spoke.",
        "Russian foreign ministry spokeswoman Anna Petrova came. Petrova spoke.",
        "Anna Petrova, the Russian envoy, came. Petrova spoke.",
        "Russia's Anna Petrova came. Petrova spoke.",
        "Anna Petrova, Putin's envoy, came. Petrova spoke.",
        "Putin stayed away from Ukraine. His envoy, Anna Petrova, came. Petrova spoke.",
        "Kremlsprecher Dmitri Orlow kam. Orlow sprach.",
        "Le ministre russe des affaires étrangères, Dmitri Orlov, est venu. Orlov parle.",
    ],
)
def test_people_whom_a_text_introduces_speak_for_their_state(text):
    assert named(text)[-1][1] == RUSSIA


@pytest.mark.parametrize(
    "text",
    [
        "Russia was told. Foreign minister Anna Petrova spoke.",
        "Russia was told. Anna Petrova, the deputy defence minister, spoke.",
        "Russia and Russians were told, not Paris.\n\nForeign minister Anna Petrova spoke.",
    ],
)
def test_an_office_alone_is_of_the_nation_named_last_or_most_often(text):
    assert named(text)[-1] == ("Anna Petrova", RUSSIA)


def test_who_is_introduced_by_a_nation_somewhere_is_its_own_everywhere():
    texts = {1: "France asked. Foreign minister Dmitri Orlov came.", 2: "Kremlin envoy Dmitri Orlov left."}
    assert [*read(texts, CAST)[1].lines[-1].seen] == [RUSSIA]


def test_whom_one_text_introduces_is_known_in_the_others_by_the_full_name():
    texts = {1: "Kremlin spokesman Dmitri Orlov came.", 2: "Dmitri Orlov spoke. Orlov left.", 3: "An Orlov fountain."}
    read_all = read(texts, CAST)
    assert [RUSSIA in read_all[key].lines[-1].seen for key in texts] == [True, True, False]


def test_who_is_introduced_for_two_is_left_out():
    texts = {1: "Kremlin envoy Dmitri Orlov came.", 2: "French envoy Dmitri Orlov came.", 3: "Dmitri Orlov spoke."}
    assert read(texts, CAST)[3].lines[0].seen == {}


def test_a_state_that_is_no_party_takes_its_people_with_it():
    """Else "she" would be taken for whoever of the parties was named before."""
    assert about("Macron left. Italian prime minister Anna Rossi stayed. She smiled.") != FRANCE


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Macron came. Merz left. He smiled.", GERMANY),
        ("Merz met Macron. The chancellor smiled.", GERMANY),
        ("Macron met Zelensky. The president smiled.", FRANCE),
        ("Zelensky came. The head of state smiled.", UKRAINE),
        ("Russia was not asked. It wants more.", RUSSIA),
        ("Rain fell. In Moscow they want more.", RUSSIA),
        ("Rain fell. Officials in Paris want more.", FRANCE),
        ("The French foreign ministry answered. The ministry wants more.", FRANCE),
        ("Merz was brief. “I know what I want,” he said.", GERMANY),
        ("The British left. The Germans stayed. Their offer stands.", GERMANY),
        ("The president of Ukraine thanked France.", UKRAINE),
        ("Merz war kurz. Er weiß, was er will.", GERMANY),
        ("Macron kam. Der Kanzler blieb.", GERMANY),
        ("Merz parle. Macron écoute. Il promet des soldats.", FRANCE),
        ("“We know what we want. So does everybody,” said Merz.", GERMANY),
    ],
)
def test_pronouns_and_titles_mean_who_was_spoken_of(text, key):
    assert about(text) == key


def test_a_turn_in_a_transcript_is_its_speakers():
    text = "PRESIDENT MACRON: Good evening.\nWe have a plan.\n\nCHANCELLOR MERZ: Thank you.\nWe have another."
    assert [about(text, at) for at in range(4)] == [FRANCE, FRANCE, GERMANY, GERMANY]


def test_in_a_quotation_we_is_who_says_it():
    assert about("Macron nodded.\n\n“We will not wait,” said Merz. “Nor should you.”", 1) == GERMANY
