"""Finding passages on a party and a matter, in the order in which a person would want to read them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.finding import find, prepare
from negotiations.texts.naming import Actor, Person

from .negotiators import ALLIES, CAST, FORCE, FRANCE, GERMANY, RUSSIA, UKRAINE, found, passages
from .steps import growth

SUMMIT = """Talks in Paris

The leaders met for six hours. It snowed.

France will send troops once a truce holds, its president said. The food was good.

Germany has not decided. The chancellor spoke of soldiers in a neighbouring state.

In Moscow nobody was asked.
"""


def test_the_party_with_the_matter_comes_first():
    assert passages(SUMMIT)[0].startswith("France will send troops once a truce holds")
    assert passages(SUMMIT, GERMANY)[0].endswith("The chancellor spoke of soldiers in a neighbouring state.")


def test_what_names_neither_the_party_nor_the_matter_is_left_out_or_last():
    assert "It snowed." not in " ".join(passages(SUMMIT)[:2])


def test_each_passage_shows_the_words_by_which_it_was_found():
    first = found({1: SUMMIT})[0]
    assert [SUMMIT[start:end] for start, end in first.names] == ["France", "president"]
    assert [SUMMIT[start:end] for start, end in first.terms] == ["troops"]
    assert first.how == "named"


def test_terms_that_overlap_are_marked_as_one():
    text = "France is for binding security commitments."
    [first] = found({1: text}, terms=["binding", "binding commitments", "security commitments", "commitments"])
    assert [text[start:end] for start, end in first.terms] == ["binding security commitments"]


@pytest.mark.parametrize(
    "text",
    [
        "Macron spoke in the evening. He promised soldiers.",
        "The French president arrived. “We will send troops,” he said.",
        "“We will send troops. We are ready,” said Macron.",
        "“France keeps its word. Our soldiers will go,” the minister said.",
        "Paris goes further, and speaks of soldiers.",
        "Macron left. French defence minister Anne Petit stayed. Petit promised soldiers.",
        "Then the French. Nobody else offers soldiers.",
        "Macron spoke last. According to him, there will be troops.",
        "There was a meeting in Berlin. In Paris, officials spoke of soldiers.",
        "Macron, who came late, had news: the soldiers are ready.",
        "Germany met France.\n\n- Macron: Germany was told. Soldiers stand ready, said to be thousands.",
        "MACRON: Good evening.\nI have news. There will be boots on the ground.",
        "The President (Macron): Welcome.\n\nMember for the Hills: How many?\n\nThe President: Many. I send soldiers.",
        "French troops stand ready. It snowed. The soldiers would stay in the west.",
        "In Berlin the French government spoke. Spokesman Jean Petit promised in Ukraine soldiers.",
    ],
)
def test_who_is_meant_is_found_by_pronoun_title_quotation_and_place(text):
    first = found({1: f"Nothing happened on Monday.\n\n{text}\n\nRain fell on the soldiers of the guard."})[0]
    assert first.how in ("named", "meant")
    assert first.start >= len("Nothing happened on Monday.")
    assert "guard" not in text[first.start : first.end]


def test_a_pronoun_is_whose_name_came_last():
    text = "Macron left early. Merz stayed on. He promised soldiers."
    best = {party: found({1: text}, party)[0].score for party in (FRANCE, GERMANY)}
    assert best[GERMANY] > best[FRANCE]


def test_a_line_with_a_name_and_a_colon_is_that_partys_own_until_somebody_else_acts():
    text = (
        "The talks\n\n- Germany: Troops next door. Sends soldiers only if asked by France. Macron wants soldiers now."
    )
    assert passages(text, GERMANY)[0].startswith("- Germany: Troops next door. Sends soldiers only if asked by France.")
    assert passages(text)[0].endswith("Macron wants soldiers now.")


def test_a_heading_that_is_only_a_name_tells_whose_the_points_below_are():
    text = "The talks\n\nFrance\n\n- Wants soldiers.\n\nGermany\n\n- Wants no soldiers there."
    assert [passages(text)[0], passages(text, GERMANY)[0]] == ["- Wants soldiers.", "- Wants no soldiers there."]


def test_a_sentence_that_lists_many_parties_comes_after_what_speaks_of_one():
    text = "Talks go on\n\nFrance, Germany, Ukraine and Russia speak of troops.\n\nFrance speaks of soldiers."
    assert passages(text)[0] == "France speaks of soldiers."


def test_a_place_is_not_a_party():
    """Ukraine is where the force would go; only the other sentence is Ukraine's own word."""
    text = "Troops may be seen in Ukraine.\n\nUkraine asks for troops."
    assert passages(text, UKRAINE)[0] == "Ukraine asks for troops."


@pytest.mark.parametrize("fear", ["Russian attacks on", "Russia's war on", "an attack by Russia on"])
def test_whose_attack_is_feared_is_not_who_speaks(fear):
    text = f"Merz spoke of soldiers against {fear} its neighbours.\n\nSoldiers guard trade with Russia."
    assert passages(text, RUSSIA)[0] == "Soldiers guard trade with Russia."


def test_with_whom_something_is_done_does_not_do_it():
    text = "After talks with France allies will send soldiers.\n\nFrance will send a few more soldiers."
    assert passages(text)[0] == "France will send a few more soldiers."
    assert found({1: text}, ALLIES)[0].start == 0


def test_a_collective_is_not_meant_where_one_party_speaks_of_other_countries():
    text = "Merz sees soldiers in neighbouring countries.\n\nMembers offer soldiers."
    assert passages(text, ALLIES)[0] == "Members offer soldiers."


def test_german_and_french_texts_are_read_too():
    german = "Der Gipfel dauerte lang. Merz schickt am 6. Januar Soldaten. Der Kanzler will mehr Soldaten sehen."
    assert passages(german, GERMANY, ["Soldaten"])[0].startswith("Merz schickt am 6. Januar Soldaten. Der Kanzler")
    french = "Il pleuvait. Le président français, Emmanuel Macron, a promis des soldats. Berlin hésite."
    assert passages(french, FRANCE, ["soldats"])[0].startswith("Le président français, Emmanuel Macron, a promis")


def test_the_city_of_a_summit_is_not_its_host():
    text = "Soldiers guarded the summit in Paris.\n\nParis offers soldiers."
    assert passages(text)[0] == "Paris offers soldiers."


def test_a_collective_is_also_meant_by_allies_and_by_its_members_together():
    text = "The weather was bad.\n\nAllies agreed on a multinational force.\n\nRussia has a force of its own."
    assert passages(text, ALLIES)[0] == "Allies agreed on a multinational force."


def test_terms_are_found_in_other_forms_and_ways_of_writing():
    text = "France backs a multi-national\nforce.\n\nFrance spoke of boots firmly on the ground.\n\nFrance has cheese."
    assert passages(text)[2:] == ["France has cheese."]


def test_the_rarer_term_weighs_more():
    text = "\n\n".join(["Troops are tired."] * 5 + ["France has troops.", "France wants a multinational force."])
    assert passages(text)[0] == "France wants a multinational force."


def test_a_question_above_tells_of_what_the_answers_are():
    text = "Who sends soldiers?\n- France: some.\n- Germany: none.\n\nWho pays?\n- France: nothing."
    assert passages(text)[0] == "- France: some."


def test_sentences_of_one_thought_are_one_passage():
    text = "Macron promised troops. He said that the troops would stay.\n\nNobody else spoke."
    assert passages(text)[0] == "Macron promised troops. He said that the troops would stay."


def test_a_reprint_is_shown_once_and_says_where_else_it_stands():
    report = "President Macron said on Tuesday that France would send two thousand troops after a truce."
    once, *others = found({1: report, 2: f"Wire.\n\n{report.replace('Tuesday', 'Monday')}", 3: "France sings."})
    assert (once.text, once.also) == (1, (2,))
    assert [other.text for other in others if other.terms] == []


@pytest.mark.parametrize(
    "change", [("would send", "would not send"), ("2,000", "3,000"), ("2,000 troops and 30", "30 troops and 2,000")]
)
def test_a_denial_and_another_number_are_no_reprint(change):
    report = (
        "President Macron said on Tuesday that France would send 2,000 troops and 30 tanks to the country after a "
        "truce. He did not rule out that more French forces would follow."
    )
    assert len([one for one in found({1: report, 2: report.replace(*change)}) if one.terms]) == 2


def test_without_terms_what_the_party_says_is_found_all_the_same():
    assert passages("It rained.\n\nMoscow insists on its demands.", RUSSIA, [])[0] == "Moscow insists on its demands."


def test_other_languages_do_no_harm_and_names_are_found_without_their_accents():
    text = "Präsident Macron will Soldaten schicken.\n\nМакрон обещал войска.\n\n马克龙承诺派兵。"
    assert passages(text, terms=["Soldaten"])[0] == "Präsident Macron will Soldaten schicken."
    assert passages("Zélensky demande des soldats.", UKRAINE, ["soldats"]) == ["Zélensky demande des soldats."]


@pytest.mark.parametrize("text", ["", " \n\n ", "?", "“", "France", "\u200b", "a" * 5000])
def test_odd_texts_are_read_too(text):
    assert len(passages(text)) <= 1


@given(st.text(alphabet="Fran ce.MHe\n“”\"'?:-İſ troops", max_size=120))
def test_passages_lie_in_their_text_and_do_not_overlap(text):
    spans = sorted((one.start, one.end) for one in found({1: text}))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for one in found({1: text}):
        assert all(one.start <= start < end <= one.end for start, end in (*one.names, *one.terms))


def test_ten_times_the_texts_take_some_ten_times_as_many_steps():
    def read_and_ask(size):
        texts = {key: SUMMIT.replace("snowed", f"snowed {key} inches") * 5 for key in range(size)}
        find(prepare(texts, CAST), FRANCE, FORCE)

    assert growth(read_and_ask, 2) < 20


@pytest.mark.parametrize(
    "pattern",
    [
        "he France troops ",
        "FRANCE MERZ ",
        "PRESIDENT",
        "France's troops. ",
        "they the ministry it will ",
        "troops ",
        "- France: troops\n",
        "Minister Ab Cd, the envoy, ",
    ],
)
def test_ten_times_a_hostile_text_takes_some_ten_times_as_many_steps(pattern):
    """Not a hundred times, as it would if each word were compared with each."""
    assert growth(lambda size: found({1: f"France. {pattern * size}: no"}), 60) < 20


def test_odd_names_of_parties_do_no_harm():
    cast = [Actor(1, ("", " ", "–", "A", "?!")), Actor(2, ("X Y",), (Person((" ", "", "—", "Z"), ("", "…")),))]
    assert find(prepare({1: "A man came. Troops came."}, cast), 1, ["troops", "", "?"])[0].how == "unnamed"
