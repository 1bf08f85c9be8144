"""Looking for words in a negotiation: what is found, in which forms, and what never is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.domain import search_results
from negotiations.domain.merging import merge
from negotiations.domain.permissions import Hidden
from negotiations.domain.search import Asked, search
from negotiations.domain.snapshots import add_text
from negotiations.models import Source
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.sql import ask
from tests.stories import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(world, reader):
    """`find("words", kind="quote")`: the page of results that a reader gets."""

    def ask(words: str, **filters: str):
        page = search("paris", Asked(words=words, **filters), by=reader)
        assert not page.problems, page.problems
        return page.results

    return ask


def texts(results) -> list[str]:
    return ["".join(piece.text for piece in hit.excerpt.pieces) for hit in results.hits]


def marked(results) -> list[str]:
    return [piece.text for hit in results.hits for piece in hit.excerpt.pieces if piece.marked]


def document(world, text: str, language: str = "en", **of_source):
    of_source = {"status": "accepted", "language": language} | of_source
    source = make.SourceFactory(negotiation=world.negotiation, **of_source)
    return make.SnapshotFactory(source=source, text=text, language=language)


# --- what can be found ------------------------------------------------------------------------------------------


def test_passages_quotes_rationales_commitments_and_sources_are_found(world, find, analyst):
    record(
        world, world.france, world.force, by=analyst, code="supports", rationale="Paris promised umbrellas.",
        conditions="After an umbrella treaty", limits="Umbrellas only", evidence=[world.send],
    )  # fmt: skip
    make.CommitmentFactory(party=world.france, text="Lends umbrellas.", conditions="While it rains")
    snapshot = document(world, "First.\n\nThe umbrella stands open.", title="Umbrellas of Cherbourg")
    make.QuoteFactory(snapshot=snapshot, exact="umbrella stands")
    make.ContradictionFactory(negotiation=world.negotiation, title="How many umbrellas")
    make.QuestionFactory(negotiation=world.negotiation, text="Who holds the umbrella?")
    kinds = ["commitment", "contradiction", "passage", "question", "quote", "source", "stance"]
    found = find("umbrella")
    assert sorted(hit.kind for hit in found.hits) == kinds
    assert found.kinds == dict.fromkeys(kinds, 1)
    passage = next(hit for hit in found.hits if hit.kind == "passage")
    assert (passage.paragraph, passage.text.number, passage.document.title) == (2, 1, "Umbrellas of Cherbourg")
    assert [hit.kind for hit in find("rains").hits] == ["commitment"], "conditions too"
    assert [hit.kind for hit in find("treaty").hits] == ["stance"]


def test_what_is_found_is_marked_in_the_form_in_which_it_stands(world, find):
    document(world, "The ministers deployed. A minister deploys; “Deployment” is no deploying.")
    assert marked(find("deploy")) == ["deployed", "deploys", "Deployment", "deploying"]


@pytest.mark.parametrize(
    ("language", "text", "words", "hit"),
    [
        ("en", "They were ratifying treaties.", "treaty ratified", ["ratifying", "treaties"]),
        ("de", "Die Truppen bleiben in den Häusern.", "Haus", ["Häusern"]),
        ("de", "Die Sicherheitsgarantien sind verbindlich.", "sicherheitsgarantie", ["Sicherheitsgarantien"]),
        ("fr", "Les forces seront déployées.", "déployer", ["déployées"]),
        ("fr", "Les forces seront déployées.", "deployees", ["déployées"]),
        ("fr-CH", "L’élection de l'élu", "elu", ["élu"]),
        ("es", "Las tropas españolas", "tropa", ["tropas"]),
        ("ru", "Россия отвергает войска", "войск", ["войска"]),
        ("uk", "Україна просить гарантій безпеки", "Україна", ["Україна"]),
        ("uk", "Гарантії БЕЗПЕКИ", "безпеки", ["БЕЗПЕКИ"]),
        ("pl", "Żołnierze w Łodzi", "zolnierze lodzi", ["Żołnierze", "Łodzi"]),
        ("da", "Frederiksen og Rasmussen på Færøerne", "faeroerne", ["Færøerne"]),
        ("", "Unknown tongues speaking", "speaking", ["speaking"]),
        ("xx", "Unbekannte Zungen", "zungen", ["Zungen"]),
        ("en", "a na\u0308\u0131ve cafe\u0301", "café", ["cafe\u0301"]),
        ("en", "co\u00adoperation in sight", "cooperation", ["co\u00adoperation"]),
        ("de", "Straße nach Gießen", "strasse", ["Straße"]),
        ("ja", "停戦を監視する", "停戦", ["停戦"]),
    ],
)
def test_each_text_is_read_in_its_own_language_and_without_accents(world, find, language, text, words, hit):
    document(world, text, language)
    found = find(words)
    assert texts(found) == [text]
    assert marked(found) == hit


def test_a_text_of_unknown_language_is_read_as_its_source_and_not_as_english(world, find):
    for of_source in ("fr", "", "en"):
        make.SnapshotFactory(
            source=make.SourceFactory(negotiation=world.negotiation, language=of_source),
            text="deployments",
            language="",
        )
    assert sorted(hit.language for hit in find("deployment").hits) == ["en", "fr"]


def test_stop_words_are_passed_over_beside_others_and_found_by_themselves(world, find):
    document(world, "Who speaks of the treaty?")
    assert marked(find("is this of a treaty")) == ["treaty"]
    assert marked(find("the treaty")) == ["treaty"]
    assert marked(find("who")) == ["Who"]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("red fox", [1, 2]),
        ('"red fox"', [1]),
        ("“red fox”", [1]),
        ("red -fox", [3]),
        ('fox -"red fox"', [2]),
        ("hare OR hen", [3, 4]),
        ("red fox OR hen", [1, 2, 4]),
        ("red -foxes", [3]),
        ("red-fox", [1]),
        ("RED FOX.", [1, 2]),
        ("fox or hen", []),  # OR in capitals
    ],
)
def test_words_phrases_alternatives_and_what_to_leave_out(world, find, words, numbers):
    for text in ("1 red foxes", "2 the fox was red", "3 red hare", "4 a hen"):
        document(world, text)
    assert sorted(int(text[0]) for text in texts(find(words))) == numbers


def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands(world, find):
    document(world, "Red wine. The red foxes ran.")
    assert marked(find('"red fox"')) == ["red foxes"]


# --- names -----------------------------------------------------------------------------------------------------


@pytest.fixture
def zelenskyy(world):
    ukraine = make.PartyFactory(negotiation=world.negotiation, slug="ukraine", name="Ukraine", aliases=["Kyiv", "Kiev"])
    make.PersonFactory(party=ukraine, name="Volodymyr Zelenskyy", aliases=["Zelensky", "Selenskyj"])
    make.PartyFactory(
        negotiation=world.negotiation, slug="united-states", name="United States", aliases=["US", "USA", "Washington"]
    )
    for text in ("1 Zelenskyy spoke", "2 Zelensky left", "3 Selenskyj kam", "4 Kiev waits", "5 Washington is silent"):
        document(world, text)
    document(world, "6 tell us of states, united in doubt")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Zelensky", [1, 2, 3]),
        ("zelenskyy", [1, 2, 3]),
        ("Żelenśky", [1, 2, 3]),
        ("Selenski", [1, 2, 3]),
        ("Зеленський", [1, 2, 3]),
        ("Київ", [4]),
        ("Kyiv", [4]),
        ("Ukraine", [4]),
        ("zelenskyy -zelensky", []),
        ('"Zelensky"', [2]),
        ("United States", [5, 6]),  # the words by themselves, too
        ("USA", [5]),
        ("Zelensky spoke", [1]),
    ],
)
def test_a_name_is_found_in_all_its_spellings(zelenskyy, find, words, numbers):
    assert sorted(int(text[0]) for text in texts(find(words))) == numbers


def test_other_spellings_are_marked_and_told(zelenskyy, world, reader):
    page = search("paris", Asked(words="Zelensky"), by=reader)
    assert sorted(marked(page.results)) == ["Selenskyj", "Zelensky", "Zelenskyy"]
    assert "Zelenskyy" in page.spelt and "Kyiv" not in page.spelt


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Lavrov", ["Lawrow came"]),
        ("Лавров", ["Lawrow came"]),
        ("Budanowskyj", ["Budanovsky left"]),
        ("Odessa", ["Odesa waits"]),
    ],
)
def test_a_name_of_nobody_here_is_found_in_its_likely_spellings(world, find, words, found):
    for text in ("Lawrow came", "Budanovsky left", "Odesa waits"):
        document(world, text)
    assert texts(find(words)) == found
    assert texts(find(f'"{words}"')) == []


def test_of_likely_spellings_those_that_were_found_are_told(world, reader):
    document(world, "Lawrow came")
    assert search("paris", Asked(words="Lavrov"), by=reader).spelt == ("Lawrow",)
    assert search("paris", Asked(words="Peskov"), by=reader).spelt == ()


def test_a_misspelt_name_is_suggested_where_nothing_is_found(zelenskyy, world, reader):
    page = search("paris", Asked(words="Zelinskyy"), by=reader)
    assert page.results.total == 0
    assert "Zelensky" in page.meant


# --- what people type ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "100%", "50_000", "%' OR 1=1--", "1=1", "'; DROP TABLE x; --", "C:\\x"]
)
def test_TXT12_sql_and_wildcards_are_looked_for_to_the_letter(world, find, words):
    literal = [
        "100% of it", "50_000 men", "back\\slash", "%' OR 1=1-- said he", "C:\\x", "'; DROP TABLE x; --",
        "plain words 100", "50 000 men", "1 1",
    ]  # fmt: skip
    for text in literal:
        document(world, text)
    quoted = f'"{words}"' if " " in words else words
    assert sorted(texts(find(quoted))) == sorted(text for text in literal if words in text)


@pytest.mark.parametrize("words", ["(a+)+$", "^(.*)*$", "[[:alpha:]]{1,9999}", "(?:x|x)*y" * 9, "\\" * 60, "*" * 90])
def test_TXT13_a_regular_expression_is_plain_text(world, find, words):
    document(world, "a" * 5000 + "!")
    assert find(words).total == 0
    document(world, f"they wrote {words} there")
    assert texts(find(f'"{words}"')) == [f"they wrote {words} there"]


@pytest.mark.parametrize(
    "words",
    [
        "& | ! <-> (", "peace & war", "peace | war", "!peace", "peace <-> war", "peace:*", "peace & (war | !",
        "'peace'", "((((", "))))", '"', '""', '"peace', "--", "-", "- peace", "-(peace)",
        "OR", "OR OR peace", "peace OR", "<2>",
        "peace:A", "\\'peace", "''", "\u202epeace", "\u200d", "\ufffe", "👩‍👩‍👧", "a\u0301" * 99, "peace\ttreaty",
    ],
)  # fmt: skip
def test_TXT14_signs_of_queries_are_no_queries(world, reader, words):
    document(world, "war and peace")
    page = search("paris", Asked(words=words), by=reader)
    if "peace" in words and "-(" not in words and "treaty" not in words and page.results:
        assert page.results.total in (0, 1)
    assert page.results or page.problems or not words.strip()


ODD = "ab \"-&|!<>():*'\\%_.,+$^[]{}?#=~é\u0301\u200d\u202e停й👩\ufffe\x85OR"


@given(st.text(st.sampled_from(ODD), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_TXT14_whatever_is_typed_is_answered(world, reader, words):
    page = search("paris", Asked(words=words), by=reader)
    assert page.results is not None or page.problems or not words.strip() or not page.asked.words.strip()


def test_TXT14_operators_between_words_are_passed_over(world, find):
    document(world, "war and peace")
    assert find("peace & war").total == find("peace <-> war").total == find("(peace | war)").total == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("x" * 301, "at most 300 characters"),
        (" ".join(f"w{n}" for n in range(13)), "at most 12 words"),
        ("-peace", "Say also what to look for"),
        ("...", "no word"),
    ],
)
def test_what_can_not_be_looked_for_is_told_at_its_place(world, reader, words, sentence):
    page = search("paris", Asked(words=words), by=reader)
    assert sentence in page.problems["words"]
    assert page.results is None


def test_what_takes_too_long_is_given_up_with_a_sentence(world, reader, monkeypatch):
    document(world, "\n\n".join(f"Paragraph {n} of many." for n in range(4000)))
    monkeypatch.setattr(search_results, "PATIENCE", 1)
    page = search("paris", Asked(words="paragraph", order=""), by=reader)
    assert "was given up" in page.problems["words"]
    monkeypatch.undo()
    assert search("paris", Asked(words="paragraph"), by=reader).results.total == 1000  # the session goes on


@pytest.mark.django_db(transaction=True)
def test_it_is_given_up_outside_a_transaction_too_and_the_limit_goes_with_it(world, reader, monkeypatch):
    document(world, "\n\n".join(f"Paragraph {n} of many." for n in range(4000)))
    monkeypatch.setattr(search_results, "PATIENCE", 1)
    assert "was given up" in search("paris", Asked(words="paragraph"), by=reader).problems["words"]
    assert ask("SHOW statement_timeout") == [("0",)]
    monkeypatch.undo()
    assert search("paris", Asked(words="paragraph"), by=reader).results.total == 1000
    assert ask("SHOW statement_timeout") == [("0",)]


def test_the_patience_of_a_search_is_nobody_elses(world, find):
    find("president")
    assert ask("SHOW statement_timeout") == [("0",)]


# --- filters -----------------------------------------------------------------------------------------------------


def test_hits_are_narrowed_to_a_kind_and_the_other_kinds_stay_counted(world, find):
    document(world, "we will send a letter", title="Send it")
    everything = find("send")
    quotes = find("send", kind="quote")
    assert [hit.kind for hit in quotes.hits] == ["quote"]
    assert quotes.total == 1
    assert quotes.kinds == everything.kinds == {"passage": 2, "quote": 1, "source": 1}
    assert find("send", kind="nonsense").total == everything.total


def test_hits_are_narrowed_to_a_party_which_said_it_or_is_named(world, find, analyst):
    record(world, world.france, world.force, by=analyst, code="supports", rationale="Will send.", evidence=[world.send])
    document(world, "Germany will send. But who?")
    document(world, "Somebody else will send.")
    assert sorted(hit.kind for hit in find("send", party="france").hits) == ["quote", "stance"]
    assert texts(find("send", party="germany")) == ["Germany will send. But who?"]
    assert find("send", party="atlantis").total == find("send").total


def test_hits_are_narrowed_by_source_outlet_language_and_date(world, find):
    rejected = make.SourceFactory(
        negotiation=world.negotiation, status="rejected", title="Umbrella", published_on=date(2026, 1, 5), language="fr"
    )
    make.SnapshotFactory(source=rejected, text="umbrella", language="en")
    assert find("umbrella", status="rejected").total == 2
    assert find("umbrella", status="accepted").total == 0
    assert find("send", reliability="B").total == 2
    assert find("send", reliability="F").total == 0
    assert find("umbrella", reliability="F").total == 2
    assert [hit.kind for hit in find("umbrella", language="fr").hits] == ["source"]
    assert find("umbrella", since="2026-01-05", until="2026-01-05").total == 2
    assert find("umbrella", since="2026-01-06").total == 0
    assert find("umbrella", until="2026-01-04").total == 0
    assert find("send", since="1900-01-01").total == 0, "what has no date is left out"


@pytest.mark.parametrize("day", ["6.1.2026", "2026-02-30", "2026-1-6", "٢٠٢٦-٠١-٠٦", "x"])
def test_a_day_that_is_none_is_told_at_its_place(world, reader, day):
    page = search("paris", Asked(words="send", since=day), by=reader)
    assert page.problems == {"since": "Write the day like 2026-01-06."}


def test_days_the_wrong_way_round_are_told(world, reader):
    page = search("paris", Asked(words="send", since="2026-01-06", until="2026-01-05"), by=reader)
    assert "before the first" in page.problems["until"]


def test_rationales_say_whether_they_stand(world, find, analyst):
    cell = (world, world.france, world.force)
    record(*cell, by=analyst, code="supports", rationale="First umbrella.", evidence=[world.send])
    record(*cell, by=analyst, cause="corrected", replaces=1, code="champions", rationale="Second umbrella.",
           evidence=[world.send])  # fmt: skip
    record(*cell, by=analyst, cause="learned", code="neutral", rationale="Third umbrella.", evidence=[world.send],
           held_from=date(2025, 3, 1))  # fmt: skip
    states = {hit.stance.seq: hit.stance.state for hit in find("umbrella").hits}
    assert states == {1: "replaced by stance 2", 2: "stands today", 3: "of another time"}
    assert [hit.stance.seq for hit in find("umbrella", standing="today").hits] == [2]


def test_a_withdrawn_rationale_says_so(world, find, analyst):
    cell = (world, world.france, world.force)
    record(*cell, by=analyst, code="supports", rationale="An umbrella.", evidence=[world.send])
    record(*cell, by=analyst, cause="withdrawn", replaces=1)
    assert [hit.stance.state for hit in find("umbrella").hits] == ["withdrawn by stance 2"]


def test_hits_of_a_merged_source_tell_where_it_is_kept(world, find):
    copy = make.SourceFactory(negotiation=world.negotiation, title="Umbrella again")
    make.SnapshotFactory(source=copy, text="An umbrella.")
    Source.objects.filter(pk=copy.pk).update(merged_into=world.source)
    assert {hit.document.kept.slug for hit in find("umbrella").hits} == {"summit-report"}
    assert {(hit.document.status, hit.document.outlet) for hit in find("umbrella").hits} == {
        ("accepted", "The Gazette")
    }
    assert find("umbrella", status="accepted", reliability="B").total == 2


def test_the_newest_text_is_told_from_older_ones(world, find):
    make.SnapshotFactory(source=world.source, text="Said “we will send them” again.")
    assert sorted((h.text.number, h.text.newest) for h in find("send", kind="passage").hits) == [(1, False), (2, True)]


# --- order and pages --------------------------------------------------------------------------------------------


def test_what_is_so_now_stands_before_what_was(world, find, curator, analyst):
    """Although the old words say it three times over."""
    old = document(world, "umbrella umbrella umbrella\n\nIt rains.")
    make.QuoteFactory(snapshot=old, exact="umbrella umbrella umbrella")
    kept = make.QuoteFactory(snapshot=document(world, "No umbrella in this long talk of sun."), exact="No umbrella")
    add_text(
        old.source, "One umbrella in a long talk of other things, of rain and sun.", kind=SnapshotKind.FULL, by=curator
    )
    cell = (world, world.france, world.force)
    record(*cell, by=analyst, code="supports", rationale="Umbrella, umbrella.", evidence=[world.send])
    record(*cell, by=analyst, cause="corrected", replaces=1, code="champions", rationale="No rain, so far as is told, "
           "but an umbrella in any case.", evidence=[world.send])  # fmt: skip
    hits = find("umbrella").hits
    was = [
        hit
        for hit in hits
        if not (hit.quote.stands if hit.quote else hit.text.newest if hit.text else hit.stance.stands)
    ]
    assert len(was) == 3
    assert list(hits[-3:]) == was
    assert {hit.quote.slug for hit in hits if hit.quote and hit not in was} == {kept.slug}


def test_a_quote_that_somebody_says_still_holds_stands_among_the_others(world, find, curator):
    old = document(world, "umbrella umbrella umbrella")
    make.QuoteFactory(snapshot=old, exact="umbrella umbrella umbrella")
    new = add_text(old.source, "umbrella, umbrella and an umbrella", kind=SnapshotKind.FULL, by=curator)
    assert next(hit.kind for hit in find("umbrella").hits) == "passage"
    make.AnchoringDecisionFactory(anchoring=new.anchorings.get(), holds=True)
    assert next(hit.kind for hit in find("umbrella").hits) == "quote"


def test_the_best_stand_first_or_the_newest(world, find):
    old = {"published_on": date(2020, 1, 1)}
    document(world, "umbrella umbrella umbrella", **old)
    document(world, "one umbrella in a long talk of other things, rain and sun", published_on=date(2026, 1, 1))
    assert texts(find("umbrella"))[0].startswith("umbrella")
    assert texts(find("umbrella", order="newest"))[0].startswith("one")


def test_pages_have_every_hit_once(world, find):
    document(world, "\n\n".join(f"umbrella {n}" for n in range(47)))
    first, second, third = (find("umbrella", page=str(n)) for n in (1, 2, 3))
    assert (first.total, first.pages, third.first, third.last) == (47, 3, 41, 47)
    assert sorted(texts(first) + texts(second) + texts(third)) == sorted(f"umbrella {n}" for n in range(47))
    for beyond in ("4", "99999"):
        assert texts(find("umbrella", page=beyond)) == texts(third)
    for nonsense in ("0", "-1", "x", "9" * 99, "٢"):
        assert texts(find("umbrella", page=nonsense)) == texts(first)


def test_only_the_newest_thousand_are_counted_and_ranked(world, find):
    document(world, "\n\n".join(["umbrella"] * 1000))
    exactly = find("umbrella")
    assert (exactly.total, exactly.more) == (1000, False)
    document(world, "umbrella")
    over = find("umbrella")
    assert (over.total, over.more, over.pages) == (1000, True, 50)
    assert len(find("umbrella", page="50").hits) == 20
    assert texts(find("umbrella", page="51")) == texts(find("umbrella", page="50"))


def test_a_long_passage_is_shown_from_before_its_first_hit(world, find):
    document(world, "word " * 3000 + "umbrella " + "word " * 3000)
    [hit] = find("umbrella").hits
    shown = "".join(piece.text for piece in hit.excerpt.pieces)
    assert "umbrella" in shown and len(shown) < 500
    assert hit.excerpt.cut_before and hit.excerpt.cut_after


# --- who may ----------------------------------------------------------------------------------------------------


def test_AUTH03_nothing_of_another_negotiation_is_found_counted_or_offered(world, reader, outsider):
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    party = make.PartyFactory(negotiation=elsewhere, slug="atlantis", name="Atlantis", aliases=["Umbrellaland"])
    source = make.SourceFactory(negotiation=elsewhere, status="accepted", title="Umbrella", language="fr")
    make.QuoteFactory(snapshot=make.SnapshotFactory(source=source, text="umbrella umbrella"), party=party)
    make.CommitmentFactory(party=party, text="An umbrella")
    page = search("paris", Asked(words="umbrella"), by=reader)
    assert (page.results.total, page.results.kinds, page.spelt, page.meant) == (0, {}, (), ())
    assert "atlantis" not in {party.slug for party in page.parties}
    assert "fr" not in dict(page.languages)
    for slug in ("elsewhere", "nowhere"):
        with pytest.raises(Hidden):
            search(slug, Asked(words="umbrella"), by=reader)
    with pytest.raises(Hidden):
        search("paris", Asked(words="umbrella"), by=outsider)


def test_what_is_merged_is_filtered_and_told_as_what_is_kept(world, find, curator):
    twin = make.SourceFactory(negotiation=world.negotiation, slug="twin", status="rejected")
    make.SnapshotFactory(source=twin, text="A rumour of zeppelins.")
    assert not find("zeppelins", status="accepted").hits
    merge([twin], world.source, by=curator, why="The same.")
    for filters in ({"status": "accepted"}, {"reliability": "B"}):
        [hit] = find("zeppelins", **filters).hits
        assert (hit.document.slug, hit.document.outlet, hit.document.status) == ("twin", "The Gazette", "accepted")
        assert hit.document.kept.slug == "summit-report"
    assert not find("zeppelins", status="rejected").hits
