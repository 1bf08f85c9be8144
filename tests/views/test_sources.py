"""Sources: a reader reads a text, sees what was cited, and which cells rest on it."""

import re
from datetime import date

from negotiations.domain.accounts import make_anonymous
from negotiations.domain.gradings import grade_sources
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.models.sources import SourceStatus
from tests import factories as make
from tests.pages import read
from tests.views.looking import links, look, questions, words

REPORT = "/n/paris/sources/summit-report/"
LIST = "/n/paris/sources/"


def marks(response):
    """The marked stretches of the text, without the numbers at their ends: (class, id, words)."""
    page = response.content.decode()
    found = re.findall(r'<mark class="([^"]*)"(?: id="([^"]*)")?>(.*?)</mark>', page, re.DOTALL)
    return [(css, name, re.sub(r"<sup>.*?</sup>|<[^>]+>", "", inner)) for css, name, inner in found]


def test_a_reader_reads_the_text_with_its_quotes_marked(world, reader_client):
    page = look(reader_client, REPORT)
    assert [(name, said) for _, name, said in marks(page)] == [
        ("q-france-send", "we will send them"),
        ("q-germany-neighbours", "in neighbouring countries"),
        ("q-russia-no", "unacceptable 🚫 to us"),
    ]
    assert "3 quotes marked" in words(page)


def test_each_marked_place_leads_to_the_cells_that_cite_it_now(world, reader_client, analyst):
    cell = world.cell(world.germany, world.force)
    evidence = (
        Item("supports", quote=world.neighbours.pk),
        Item("contradicts", quote=world.unacceptable.pk),
        Item("context", quote=world.send.pk),
    )
    draft = Draft("first", "supports", "So it is.", confidence="low", held_from=date(2026, 1, 6), evidence=evidence)
    record_stances(get_workspace("paris", by=analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="Read.")
    page = look(reader_client, REPORT)
    said = words(page)
    assert [css for css, _, _ in marks(page)] == ["ctx", "", "contra"]
    assert "2 · Germany × 2, Deploy a force: Supports · supports the judgement" in said
    assert "contradicts it" in said
    assert "/n/paris/positions/germany/2/" in links(page)
    assert {"#n1", "#n2", "#n3"} <= links(page)


def test_a_cell_that_rests_on_other_words_by_now_is_not_named(world, reader_client):
    cell = world.cell(world.germany, world.force)
    make.StanceFactory(position=cell, evidence=[world.neighbours])
    make.StanceFactory(position=cell, evidence=[world.send], held_from=date(2026, 1, 7))
    said = words(look(reader_client, REPORT))
    assert "1 · Germany × 2" in said
    assert "2 · Germany × 2" not in said
    assert "2Nothing rests on it today." in said


def test_quotes_that_overlap_can_both_be_read_and_reached(world, reader_client):
    make.QuoteFactory(snapshot=world.snapshot, slug="wider", exact="president said “we will send")
    page = look(reader_client, REPORT)
    assert marks(page)[:3] == [
        ("ctx", "q-wider", "president said “"),
        ("ctx both", "q-france-send", "we will send"),
        ("ctx", "", " them"),
    ]
    assert 'id="q-wider"' in page.content.decode()


def test_two_quotes_of_the_same_words_have_an_anchor_each(world, reader_client):
    make.QuoteFactory(snapshot=world.snapshot, slug="again", exact="we will send them")
    page = look(reader_client, REPORT).content.decode()
    assert page.count('id="q-again"') == page.count('id="q-france-send"') == 1


def test_commitments_and_signatures_that_rest_on_a_quote_are_named(world, reader_client):
    commitment = make.CommitmentFactory(party=world.france, text="To send ships. Soon.")
    make.CommitmentEventFactory(commitment=commitment, quote=world.send)
    declaration = make.InstrumentFactory(negotiation=world.negotiation, slug="declaration")
    make.SignatureFactory(instrument=declaration, party=world.russia, state="not_signed", quote=world.unacceptable)
    page = look(reader_client, REPORT)
    assert "To send ships." in words(page)
    assert "Declaration: Russia, did not sign" in words(page)
    assert {f"/n/paris/commitments/{commitment.slug}/", "/n/paris/instruments/declaration/"} <= links(page)


def test_in_a_newer_text_quotes_stand_where_they_were_found_again(world, reader_client):
    full = make.SnapshotFactory(
        source=world.source, kind="full", text="Preface.\n\nHe said “we will send them” again.\n\nEnd: no to us."
    )
    make.AnchoringFactory(quote=world.send, snapshot=full, state="moved", start=19, end=36)
    make.AnchoringFactory(quote=world.unacceptable, snapshot=full, state="altered", start=51, end=59, found="no to us")
    make.AnchoringFactory(quote=world.neighbours, snapshot=full, state="gone", start=None, end=None, found="")
    page = look(reader_client, REPORT)
    said = words(page)
    assert [(name, text) for _, name, text in marks(page)] == [
        ("q-france-send", "we will send them"),
        ("q-russia-no", "no to us"),
    ]
    assert "Other words hereCited as “unacceptable 🚫 to us”" in said
    elsewhere = said.split("Quotes that have no place in this text")[1]
    assert "in neighbouring countries" in elsewhere
    assert 'id="q-germany-neighbours"' in page.content.decode()
    assert "?text=1" in links(page)
    assert len(marks(look(reader_client, REPORT, text="1"))) == 3


def test_a_text_that_is_not_there_is_not_found(world, reader_client):
    for number in ("2", "0", "-1", "x", "9" * 5000):
        assert reader_client.get(REPORT, {"text": number}).status_code == 404, number


def test_a_record_without_a_quote_is_told_by_its_place(world, reader_client, analyst):
    cell = world.cell(world.france, world.monitoring)
    item = Item("supports", source=world.source.pk, locator="roll call 12")
    draft = Draft("first", "supports", "Voted.", confidence="low", held_from=date(2026, 1, 6), evidence=(item,))
    record_stances(get_workspace("paris", by=analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="Read.")
    assert "Cited as a record | roll call 12: France × 1" in words(look(reader_client, REPORT))


def test_grades_have_their_reasons_and_their_history(world, reader_client):
    make.SourceGradingFactory(source=world.source, status="retracted", reason="The outlet took it back.")
    said = words(look(reader_client, REPORT))
    assert "Outlet: B · usually reliable" in said
    assert "Retracted | It does not count as evidence. | The outlet took it back." in said
    assert "Accepted before. Read and checked." in said
    assert "revision" in said


def test_who_graded_is_named_as_they_are_called_today(world, reader_client, curator, administrator):
    grade_sources([world.source.pk], SourceStatus.REJECTED, by=curator, why="Off the subject.")
    assert "Off the subject. Clara Curator" in words(look(reader_client, REPORT))
    make_anonymous(curator, by=administrator, why="Left.")
    assert f"Off the subject. Former user {curator.pk}" in words(look(reader_client, REPORT))


def test_independence_is_told_both_ways(world, reader_client):
    make.SourceFactory(negotiation=world.negotiation, slug="copy", title="A copy", origin=world.source)
    page = look(reader_client, REPORT)
    assert "It is not known to repeat another source." in words(page)
    assert "These repeat it, and do not count as further origins: A copy." in words(page)
    copy = look(reader_client, "/n/paris/sources/copy/")
    assert "It repeats After the summit and does not count as a further origin." in words(copy)
    assert REPORT in links(copy)


def test_what_is_unknown_of_a_source_is_said(world, reader_client):
    make.SourceFactory(negotiation=world.negotiation, slug="bare", title="Bare")
    said = words(look(reader_client, "/n/paris/sources/bare/"))
    assert "Outlet | unknown | Published | unknown | Language | unknown | Address | unknown" in said
    assert "Outlet: F · can't be judged" in said
    assert "No text is attached" in said
    assert "Nobody has graded it yet." in said


def test_what_a_document_says_is_shown_and_never_run(world, reader_client):
    text = "<script>alert(1)</script> & <b>bold</b>\n\n</p></article><img src=x onerror=alert(2)>"
    source = make.SourceFactory(
        negotiation=world.negotiation, slug="bad", title="<i>Bad</i>", url='https://example.org/?"><script>'
    )
    snapshot = make.SnapshotFactory(source=source, text=text)
    make.QuoteFactory(snapshot=snapshot, exact="alert(1)</script> & <b>")
    page = look(reader_client, "/n/paris/sources/bad/").content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "<img src=x" not in page
    assert "<i>Bad" not in page
    assert "&lt;script&gt;" in page
    assert 'href="https://example.org/?&quot;&gt;&lt;script&gt;"' in page


def test_the_list_can_be_narrowed(world, reader_client):
    wire = make.OutletFactory(negotiation=world.negotiation, slug="wire", name="The Wire")
    make.SourceFactory(outlet=wire, title="From the wire", language="uk", published_on=date(2026, 1, 7))
    make.SourceFactory(negotiation=world.negotiation, title="From nowhere")
    said = words(look(reader_client, LIST))
    assert said.index("From the wire") < said.index("From nowhere") < said.index("After the summit")
    assert "After the summit | The Gazette B | unknown | unknown | Accepted | 3" in said
    assert "From the wire | The Wire F | 7 January 2026 | Ukrainian | New | 0" in said
    for query, found in [
        ({"status": "accepted"}, "After the summit"),
        ({"outlet": "wire"}, "From the wire"),
        ({"outlet": "-"}, "From nowhere"),
        ({"language": "uk"}, "From the wire"),
    ]:
        narrowed = words(look(reader_client, LIST, **query))
        assert "1 source matches." in narrowed, query
        assert found in narrowed.split("1 source matches.")[1], query
    assert "2 sources match." in words(look(reader_client, LIST, language="-"))
    assert "No source matches" in words(look(reader_client, LIST, status="rejected"))
    assert "3 sources, the newest first, those without a day last." in words(
        look(reader_client, LIST, status="no", outlet="no")
    )


def test_pages_of_fifty_keep_the_filter(world, reader_client):
    make.SourceFactory.create_batch(51, negotiation=world.negotiation)
    page = look(reader_client, LIST, status="new", page="7")
    assert "Page 2 of 2, 51 in all" in words(page)
    assert "?status=new&page=1" in links(page)


def test_no_source_yet(negotiation, reader_client):
    assert "A curator of this negotiation takes documents in." in words(look(reader_client, LIST))


def test_what_does_not_exist_is_not_found(world, reader_client, outsider_client):
    assert reader_client.get("/n/paris/sources/none/").status_code == 404
    assert outsider_client.get(REPORT).status_code == 404
    assert reader_client.post(REPORT).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, reader_client, curator):
    few = questions(reader_client, REPORT), questions(reader_client, LIST)
    for n in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.StanceFactory(position=world.cell(party, world.force), evidence=[world.send, world.neighbours])
        make.QuoteFactory(snapshot=world.snapshot, exact=world.snapshot.text[n : n + 20])
        make.SourceFactory(negotiation=world.negotiation, origin=world.source)
        make.SourceGradingFactory(source=world.source)
        make.CommitmentEventFactory(commitment=make.CommitmentFactory(party=party), quote=world.send)
        of = {"negotiation": world.negotiation}
        make.ContradictionFactory(**of, sides=[("Yes", [world.send]), ("No", [world.neighbours])])
        make.QuestionEventFactory(question=make.QuestionFactory(**of), quote=world.send)
    assert (questions(reader_client, REPORT), questions(reader_client, LIST)) == few
    assert few[0] <= 13
    assert few[1] <= 8


def test_three_quotes_that_overlap_adjoin_and_cross_paragraphs_stay_readable(world, reader_client):
    source = make.SourceFactory(negotiation=world.negotiation, slug="knots")
    snapshot = make.SnapshotFactory(source=source, text="one two three four five\n\nsix seven eight")
    for slug, exact in (("a", "two three"), ("b", "three four"), ("c", "two three four five"), ("d", "five\n\nsix")):
        make.QuoteFactory(snapshot=snapshot, slug=slug, exact=exact)
    make.QuoteFactory(snapshot=snapshot, slug="e", exact=" seven")
    page = read(look(reader_client, "/n/paris/sources/knots/"))
    first, second = page.find("p", **{"data-start": "0"}), page.find("p", **{"data-start": "25"})
    assert [(mark["class"], mark.raw) for mark in first.all("mark")] == [
        ("ctx both", "two "), ("ctx both", "three1"), ("ctx both", " four3"), ("ctx", " "), ("ctx both", "five2"),
    ]  # fmt: skip
    assert [(mark["class"], mark.raw) for mark in second.all("mark")] == [("ctx", "six4"), ("ctx", " seven5")]
    margin = [note.find("p", "said").text for note in page.all("div", "ties") if note.has("p", "said")]
    assert margin == ["“two three”", "“two three four five”", "“three four”", "“five six”"], "whose words are whose"
    anchors = [each["id"] for each in page if each.attributes.get("id", "").startswith("q-")]
    assert sorted(anchors) == ["q-a", "q-b", "q-c", "q-d", "q-e"], "each can be reached, once"


def paragraphs_of(page):
    """What a browser counts of each paragraph: its place, and its characters without the numbers of quotes."""
    found = []
    for shown in page.all("p"):
        if "data-start" in shown:
            numbers = "".join(number.raw for number in shown.all("sup"))
            assert len(numbers) < 20
            text = re.sub(r"<sup.*?</sup>", "", shown.raw)
            for number in shown.all("sup"):
                text = text.replace(number.raw, "", 1)
            found.append((int(shown["data-start"]), text))
    return found


def test_DOC30_each_paragraph_says_where_in_the_text_it_stands_character_by_character(world, reader_client):
    text = "  First 🕊 line\r\nruns on.\r\n\r\n\tSecond: 👩‍👩‍👧 so & <so>.\rOld.\n \n  Third\n\n"
    source = make.SourceFactory(negotiation=world.negotiation, slug="ends")
    snapshot = make.SnapshotFactory(source=source, text=text)
    make.QuoteFactory(snapshot=snapshot, exact="line\r\nruns")
    shown = paragraphs_of(read(look(reader_client, "/n/paris/sources/ends/")))
    assert [said for _, said in shown] == ["First 🕊 line \nruns on.", "Second: 👩‍👩‍👧 so & <so>.\nOld.", "Third"]
    for start, said in shown:
        there = text[start : start + len(said)]
        assert there.replace("\r\n", " \n").replace("\r", "\n") == said


def test_words_are_found_in_the_text_and_lead_from_one_to_the_next(world, reader_client):
    page = read(look(reader_client, REPORT, find="THE"))
    assert page.find("span", role="status").text == "3 places. First"
    assert page.find("input", id="find-here")["value"] == "THE"
    assert [mark.text for mark in page.all("mark", "looked-for")] == ["›The", "‹›the", "‹the"]
    assert {"#hit-1", "#hit-2", "#hit-3"} <= {link["href"] for link in page.find("article").all("a")}
    assert "Not found." in words(look(reader_client, REPORT, find="the moon"))
    for hostile in ("(a+)+$", "<script>", "%' OR 1=1--", "x" * 5000, "\u200b"):
        assert reader_client.get(REPORT, {"find": hostile}).status_code in (200, 400)
    assert not read(look(reader_client, REPORT, find=" ")).has("span", role="status")


def test_a_word_that_is_looked_for_within_a_quote_leaves_its_mark(world, reader_client):
    page = read(look(reader_client, REPORT, find="will send"))
    assert [(mark["class"], mark.text) for mark in page.all("mark")[:3]] == [
        ("ctx", "we"), ("ctx looked-for", "will send"), ("ctx", "them1"),
    ]  # fmt: skip


LONG = "\n\n".join(f"Paragraph {n} of many. " + "word " * 1500 for n in range(1, 41))


def test_a_long_text_is_shown_in_portions_and_each_quote_leads_to_its_own(world, reader_client):
    source = make.SourceFactory(negotiation=world.negotiation, slug="long")
    snapshot = make.SnapshotFactory(source=source, text=LONG)
    for number in (1, 20, 40):
        make.QuoteFactory(snapshot=snapshot, slug=f"in-{number}", exact=f"Paragraph {number} of")
    address = "/n/paris/sources/long/"
    page = read(look(reader_client, address))
    assert "3 quotes marked" in page.text
    assert page.find("p", "portion").text == (
        "This page shows paragraphs 1 to 13 of 40; the others are not on it. The rest of the text"
    )
    away = {item["id"]: item.find("a")["href"] for item in page.all("li") if item.attributes.get("id", "")[:2] == "q-"}
    assert set(away) == {"q-in-20", "q-in-40"}
    second = read(look(reader_client, address + away["q-in-20"].partition("#")[0]))
    assert second.has("mark", id="q-in-20") and second.has("div", id="p14") and not second.has("div", id="p1")
    assert "What comes before" in second.text and "The rest of the text" in second.text
    found = read(look(reader_client, address, find="paragraph 40"))
    assert not found.has("mark", "looked-for")
    there = found.find("span", role="status").find("a")["href"]
    assert there.endswith("&from=40#hit-1")
    assert (
        read(look(reader_client, address + there.partition("#")[0])).find("mark", "looked-for").text == "Paragraph 40"
    )
    back = read(look(reader_client, address, after="in-40"))
    assert back.has("mark", id="q-in-40"), "whoever has cited comes back to the place"
    assert reader_client.get(address, {"from": "x"}).status_code == 400
    assert read(look(reader_client, address, **{"from": "999"})).has("div", id="p40")


def test_DOC29_ten_megabytes_in_one_line_are_a_page_like_any_other(world, analyst_client):
    source = make.SourceFactory(negotiation=world.negotiation, slug="huge")
    make.SnapshotFactory(source=source, text="no end " * 1_400_000)
    page = look(analyst_client, "/n/paris/sources/huge/")
    assert len(page.content) < 500_000
    assert "This page shows paragraphs 1 to 10 of 981; the others are not on it. The rest of the text" in words(page)


def test_an_analyst_goes_through_what_waits_and_a_curator_grades_it(
    world, analyst_client, curator_client, reader_client
):
    waiting = [make.SourceFactory(negotiation=world.negotiation, slug=f"new-{n}") for n in range(3)]
    make.SourceFactory(slug="elsewhere")
    make.SourceFactory(negotiation=world.negotiation, merged_into=world.source)
    address = "/n/paris/sources/new-1/"
    page = look(analyst_client, address)
    assert "Waits for a curator: 2 of 3 | Previous Next" in words(page)
    assert {"/n/paris/sources/new-0/", "/n/paris/sources/new-2/"} <= links(page)
    assert f"/admin/negotiations/source/{waiting[1].pk}/status/" in links(look(curator_client, address))
    assert "Grade" not in words(page).split("Outlet")[0]
    assert "To triage" not in words(look(reader_client, address))
    assert "To triage" not in words(look(analyst_client, REPORT)), "it is accepted"
    last = words(look(analyst_client, "/n/paris/sources/new-2/"))
    assert "3 of 3 | Previous" in last and "Next" not in last.split("Outlet")[0]
    listed = look(analyst_client, LIST)
    assert re.findall("New [012]", words(listed)) == ["New 2", "New 1", "New 0"], "the last taken in first"
    assert "3 wait for a curator." in words(listed) and "/n/paris/sources/new-0/" in links(listed)
    assert "3 wait for triage." in words(look(curator_client, LIST))
    assert "Read the first" not in words(look(reader_client, LIST))
