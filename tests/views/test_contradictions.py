"""Contradictions: the list with all sides, one with its words, and what analysts add and decide."""

from __future__ import annotations

import pytest

from negotiations.domain import gradings
from negotiations.domain.snapshots import add_text
from negotiations.models import Change, Contradiction, ContradictionSide
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.cell_pages import HTMX, errors
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/contradictions/"
ADD = LIST + "add"
ONE = LIST + "how-many/"


@pytest.fixture
def how_many(world):
    contradiction = make.ContradictionFactory(
        negotiation=world.negotiation,
        slug="how-many",
        title="How many soldiers",
        description="Nobody counted.",
        sides=[("Many", [world.send]), ("None", [world.unacceptable])],
    )
    make.ContradictionCellFactory(contradiction=contradiction, position=world.cell(world.france, world.force))
    return contradiction


def opened(client, address=ADD, submit="save"):
    """The form that is sent to `address`, by its button."""
    page = read(client.get(address))
    return next(form for form in page.all("form") if form.has("button", value=submit))


def send(client, form, address=ADD, act="save", htmx=False, **typed):
    """Type into the form and press the button."""
    return client.post(address.partition("?")[0], filled_in(form, act=act, **typed), headers=HTMX if htmx else {})


@pytest.fixture
def altered(how_many, world):
    """The words of the first side read otherwise in a newer text."""
    words_now = world.snapshot.text.replace("we will send them", "we will perhaps send them")
    add_text(world.source, words_now, kind=SnapshotKind.FULL, by=None)
    return how_many


# --- reading ---------------------------------------------------------------------------------------------


def test_a_reader_sees_both_sides_with_the_words(how_many, reader_client):
    page = look(reader_client, ONE)
    said = words(page)
    assert "How many soldiers | Open Nobody counted." in said
    assert "Many | “we will send them” | The President for France" in said
    assert "None | “unacceptable 🚫 to us” |" in said
    assert "Nothing yet: it is open." in said
    assert "France × 2 Deploy a force" in said
    assert {"/n/paris/positions/france/2/", "/n/paris/sources/summit-report/#q-france-send"} <= links(page)
    assert not read(page).has("button", name="act"), "readers decide nothing"


def test_what_was_decided_stays_with_both_sides(how_many, reader_client):
    make.ContradictionRulingFactory(contradiction=how_many, state="resolved", reason="Somebody <counted>.")
    Contradiction.objects.update(state="resolved")
    said = words(look(reader_client, ONE))
    assert "Resolved | Somebody <counted>. | A command at the server" in said
    assert "Many | “we will send them”" in said


def test_a_place_in_a_source_is_told_as_such(world, how_many, reader_client):
    side = how_many.sides.first()
    make.ContradictionProofFactory(side=side, quote=None, source=world.source, locator="page 3")
    assert "page 3, in After the summit" in words(look(reader_client, ONE))


def test_the_list_shows_all_sides_at_a_glance(world, how_many, reader_client):
    make.ContradictionFactory(negotiation=world.negotiation, title="Who came", kind="reversal", state="resolved")
    page = look(reader_client, LIST)
    said = words(page)
    assert "2 contradictions:" in said
    told = "Many “we will send them” | None “unacceptable 🚫 to us” | Cell France × 2, Deploy a force"
    assert f"How many soldiers Open Different facts | {told}" in said
    assert said.index("How many soldiers") < said.index("Who came Resolved Said otherwise before")
    assert {ONE, "/n/paris/positions/france/2/"} <= links(page)
    narrowed = words(look(reader_client, LIST, state="resolved", kind="reversal"))
    assert "1 contradiction matches." in narrowed
    assert "How many soldiers" not in narrowed
    assert "1 contradiction matches." in words(look(reader_client, LIST, party="france"))
    nothing = look(reader_client, LIST, state="left_open")
    assert "No contradiction matches" in words(nothing)
    assert LIST in links(nothing)


def test_at_a_glance_a_side_tells_how_much_more_it_rests_on(world, how_many, reader_client):
    make.ContradictionProofFactory(side=how_many.sides.first(), quote=world.neighbours)
    record = make.ContradictionSideFactory(contradiction=how_many, says="Some", quotes=[])
    make.ContradictionProofFactory(side=record, quote=None, source=world.source, locator="page 3")
    assert "Many “we will send them” and 1 more | None “unacceptable 🚫 to us” | Some page 3 |" in words(
        look(reader_client, LIST)
    )


def test_none_yet(negotiation, reader_client, analyst_client):
    assert "Analysts of this negotiation add them" in words(look(reader_client, LIST))
    assert ADD in links(look(analyst_client, LIST))


def test_its_cell_and_the_source_of_its_words_lead_to_it(how_many, reader_client, analyst_client):
    cell = look(reader_client, "/n/paris/positions/france/2/")
    assert "How many soldiers Open Different facts | Many “we will send them” | None “unacc" in words(cell)
    assert ONE in links(cell)
    assert "None is noted for this cell." in words(look(reader_client, "/n/paris/positions/france/1/"))
    assert f"{ADD}?cell=france:2" in links(look(analyst_client, "/n/paris/positions/france/2/"))
    source = look(reader_client, "/n/paris/sources/summit-report/")
    assert "1 · Contradiction How many soldiers" in words(source)
    assert ONE in links(source)
    assert f"{ADD}?quote=france-send" not in links(source)
    assert f"{ADD}?quote=france-send" in links(look(analyst_client, "/n/paris/sources/summit-report/"))


def test_recording_words_for_and_against_shows_at_once(world, analyst, analyst_client):
    record(world, world.france, world.force, by=analyst, evidence=[world.send], contradicted_by=[world.unacceptable])
    said = words(look(analyst_client, "/n/paris/positions/france/2/"))
    assert "France × 2 Deploy a force: words for and against Open For and against the same cell" in said


# --- saying anew what it is about --------------------------------------------------------------------------


def test_an_analyst_names_it_anew_and_adds_a_cell_on_its_page(how_many, analyst_client, reader_client):
    assert "Change the title, kind or cells" not in words(look(reader_client, ONE))
    form = opened(analyst_client, ONE, "edit")
    typed = {"title": "How many troops", "kind": "reversal", "cell": ["germany:2"], "why": "Clearer."}
    assert send(analyst_client, form, ONE, "edit", **typed).status_code == 302
    said = words(look(reader_client, ONE))
    assert "How many troops" in said and "Said otherwise before" in said
    assert "Germany × 2" in said and "France × 2" in said
    assert "Many | “we will send them”" in said, "the sides stay"
    form = opened(analyst_client, ONE, "edit")
    assert send(analyst_client, form, ONE, "edit", without=["germany:2"], why="Not theirs.").status_code == 302
    said = words(look(reader_client, ONE))
    assert "Germany × 2" not in said and "France × 2" in said, "a cell that it touches no more"


def test_a_bad_edit_is_told_at_its_field_and_keeps_what_was_typed(how_many, analyst_client, second_analyst_client):
    form = opened(analyst_client, ONE, "edit")
    refused = send(analyst_client, form, ONE, "edit", title="Mine", cell=["germany:2"], without=["france:2"])
    assert refused.status_code == 422 and "Say why you change it" in errors(read(refused))
    again = next(form for form in read(refused).all("form") if form.has("button", value="edit"))
    typed = filled_in(again)
    assert [typed[name] for name in ("title", "cell", "without")] == [["Mine"], ["germany:2"], ["france:2"]]
    theirs = opened(second_analyst_client, ONE, "edit")
    send(second_analyst_client, theirs, ONE, "edit", title="Theirs", why="Shorter.")
    outdated = send(analyst_client, again, ONE, "edit", why="Mine.")
    assert outdated.status_code == 409 and "Somebody changed this contradiction meanwhile" in errors(read(outdated))
    assert "Theirs" in read(outdated).find("h1").text
    again = next(form for form in read(outdated).all("form") if form.has("button", value="edit"))
    assert send(analyst_client, again, ONE, "edit").status_code == 302
    assert Contradiction.objects.get().title == "Mine"


# --- what has fallen ---------------------------------------------------------------------------------------


def test_where_words_of_a_side_changed_it_is_told_at_its_place_and_to_its_cells(world, altered, reader_client):
    assert "Many “we will send them” words changed" in words(look(reader_client, LIST)).replace(" | ", " ")
    page = words(look(reader_client, ONE))
    assert "To look at again. Something has happened to what these sides rest on: side 1, words changed;" in page
    assert "“we will send them”" in page and "“unacceptable 🚫 to us”" in page, "both sides stay readable"
    cell = words(look(reader_client, "/n/paris/positions/france/2/"))
    assert "A contradiction to look at again." in cell
    assert "A contradiction to look at again." not in words(look(reader_client, "/n/paris/positions/germany/2/"))
    assert "1 contradiction to look at again" in words(look(reader_client, "/n/paris/rechecks/"))


def test_where_a_source_was_retracted_too(world, how_many, reader_client, curator):
    assert "look at again" not in words(look(reader_client, ONE))
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="It was made up.")
    page = words(look(reader_client, ONE))
    assert "side 1, source retracted; side 2, source retracted;" in page


def test_what_is_resolved_or_still_holds_waits_for_nobody(world, altered, reader_client, analyst_client):
    queue = "/n/paris/rechecks/"
    send(analyst_client, opened(analyst_client, ONE, "rule"), ONE, "rule", state="resolved", reason="It was many.")
    assert "look at again" not in words(look(reader_client, queue)) + words(look(reader_client, ONE))
    assert "words changed" in words(look(reader_client, ONE)), "the words are told of all the same"
    send(analyst_client, opened(analyst_client, ONE, "rule"), ONE, "rule", state="open", reason="Who knows.")
    assert "look at again" in words(look(reader_client, queue))
    place = world.source.snapshots.get(number=2).anchorings.get(quote=world.send)
    make.AnchoringDecisionFactory(anchoring=place, holds=True)
    assert "look at again" not in words(look(reader_client, queue)) + words(look(reader_client, ONE))


def test_who_chooses_words_is_told_which_of_them_changed(altered, analyst_client):
    for address in (ONE, ADD + "?quote=france-send", "/n/paris/positions/france/2/edit"):
        picker = read(look(analyst_client, address)).find("div", "picker")
        tags = {li.find("span", "quote").text: [tag.text for tag in li.all("span", "tag")] for li in picker.all("li")}
        assert tags["“we will send them”"] == ["words changed"], address
        assert sum(map(len, tags.values())) == 1, "the others stand as they were"


def test_the_log_tells_of_it(how_many, analyst_client):
    send(analyst_client, opened(analyst_client, ONE, "rule"), ONE, "rule", state="left_open", reason="Nobody will.")
    said = words(look(analyst_client, "/n/paris/changes/"))
    assert "left open contradiction How many soldiers" in said
    assert "Nobody will." in said


def test_pages_ask_as_much_for_thirty_as_for_three(world, how_many, reader_client, analyst_client):
    cell = world.cell(world.france, world.force)
    addresses = [(reader_client, LIST), (reader_client, ONE), (analyst_client, ONE)]
    few = [questions(client, address) for client, address in addresses]
    for n in range(27):
        other = make.ContradictionFactory(
            negotiation=world.negotiation, sides=[("Yes", [world.send]), ("No", [world.neighbours])]
        )
        make.ContradictionCellFactory(contradiction=other, position=cell)
        make.ContradictionSideFactory(contradiction=how_many, says=f"Some {n}", quotes=[world.neighbours])
        make.ContradictionRulingFactory(contradiction=how_many)
    assert [questions(client, address) for client, address in addresses] == few
    assert few[0] <= 8 and few[1] <= 12 and few[2] <= 17, few


# --- adding ----------------------------------------------------------------------------------------------


TYPED = {"title": "How many soldiers", "says_1": "Many", "says_2": "None"}


def test_an_analyst_adds_one_from_a_cell_and_two_quotes(world, analyst_client):
    form = opened(analyst_client, f"{ADD}?cell=france:2&quote=france-send&quote=russia-no")
    response = send(analyst_client, form, **TYPED)
    assert (response.status_code, response["Location"]) == (302, LIST + "how-many-soldiers/")
    said = words(look(analyst_client, response["Location"]))
    assert "Many | “we will send them”" in said
    assert "None | “unacceptable 🚫 to us”" in said
    assert "France × 2 Deploy a force" in said


def test_quotes_are_looked_for_and_nothing_typed_is_lost(world, analyst_client):
    form = opened(analyst_client, f"{ADD}?quote=france-send")
    before = Change.objects.count()
    for htmx in (True, False):
        response = send(analyst_client, form, act="find", htmx=htmx, words="unacceptable", title="How <many>")
        assert response.status_code == 200
        page = read(response)
        assert page.has("main") != htmx
        found = page.find("form", action=ADD)
        assert filled_in(found)["title"] == ["How <many>"]
        assert found.all("span", "quote")[0].text == "“we will send them”"  # what is chosen stays on top
        assert "unacceptable" in found.all("span", "quote")[1].text
        assert not errors(page)
    response = send(analyst_client, found, **TYPED, **{f"bearing-{world.unacceptable.pk}": "2"})
    assert response.status_code == 302
    assert Change.objects.count() == before + 1


def test_a_record_without_a_text_is_a_side_too(world, analyst_client):
    form = opened(analyst_client, f"{ADD}?quote=france-send")
    row = {"source-0": world.source.pk, "locator-0": "page 3", "locator-bearing-0": "2"}
    assert send(analyst_client, form, **TYPED, **row).status_code == 302
    assert ContradictionSide.objects.get(number=2).proofs.get().locator == "page 3"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": " "}, "Say what the sides disagree about."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"says_2": "\u200b"}, "Say in a few words what this side says."),
        ({"says_2": "a\x00"}, "Null characters are not allowed."),
        ({"says_3": "A third"}, "Choose the words, or the place in a source, that say so."),
        ({"kind": "quarrel"}, "Select a valid choice"),
        ({"cell": ["france:2", "france:9"]}, "One of these cells is not of this negotiation"),
        ({"cell": ["france", "x:y", ":1", "france:\u0664"]}, "One of these cells is not of this negotiation"),
        ({"locator-0": "page 3", "locator-bearing-0": "1"}, "needs both: the source, and where in it"),
        ({"bearing-999999": "1"}, "One of these quotes is not of this negotiation."),
        ({"key": "none"}, "Enter a valid UUID."),
    ],
)
def test_what_can_not_be_added_is_told_and_kept(world, analyst_client, typed, told):
    form = opened(analyst_client, f"{ADD}?quote=france-send&quote=russia-no")
    before = Change.objects.count()
    response = send(analyst_client, form, **(TYPED | typed), description="Kept <as> typed")
    assert response.status_code == 422
    page = read(response)
    assert told in errors(page)
    assert filled_in(page.find("form", action=ADD))["description"] == ["Kept <as> typed"]
    assert (Contradiction.objects.count(), Change.objects.count()) == (0, before)


@pytest.mark.parametrize("query", ["cell=france:9", "cell=france", "quote=none", "quote=france-send&cell=:"])
def test_an_address_that_names_what_is_not_there_is_damaged(world, analyst_client, query):
    response = analyst_client.get(f"{ADD}?{query}")
    assert response.status_code == 400
    assert "The address names a cell or a quote that is not there." in response.content.decode()


def test_names_that_no_cell_can_have_are_left_out(world, analyst_client):
    before = Change.objects.count()
    answer = send(analyst_client, opened(analyst_client), cell=["\0:1", "fra\0nce:2", "france:2 "])
    assert answer.status_code == 422
    assert Change.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_the_form_sent_twice_adds_once(world, analyst_client):
    form = opened(analyst_client, f"{ADD}?quote=france-send&quote=russia-no")
    first, second = (send(analyst_client, form, **TYPED) for _ in range(2))
    assert first["Location"] == second["Location"] == LIST + "how-many-soldiers/"
    assert Contradiction.objects.count() == 1
    other = send(analyst_client, form, **(TYPED | {"title": "Another"}))
    assert other.status_code == 409
    assert "sent before with another content" in errors(read(other))
    again = read(other).find("form", action=ADD)
    assert send(analyst_client, again).status_code == 302


def test_htmx_is_led_on_to_the_new_page(world, analyst_client):
    form = opened(analyst_client, f"{ADD}?quote=france-send&quote=russia-no")
    response = send(analyst_client, form, htmx=True, **TYPED)
    assert response["HX-Redirect"] == LIST + "how-many-soldiers/"


# --- ruling, and more words ----------------------------------------------------------------------------------


def test_an_analyst_leaves_it_open_and_opens_it_again(how_many, analyst_client):
    form = opened(analyst_client, ONE, "rule")
    assert [radio["value"] for radio in form.all("input", name="state")] == ["resolved", "left_open"]
    response = send(analyst_client, form, ONE, "rule", state="left_open", reason="Neither names its count.")
    assert (response.status_code, response["Location"]) == (302, ONE)
    said = words(look(analyst_client, ONE))
    assert "Left open | Neither names its count. | Anna Analyst" in said
    form = opened(analyst_client, ONE, "rule")
    assert [radio["value"] for radio in form.all("input", name="state")] == ["open", "resolved"]
    again = {"state": "open", "reason": "A third count."}
    for _ in range(2):  # a form that is sent twice is answered the same
        assert send(analyst_client, form, ONE, "rule", **again).status_code == 302
    assert Contradiction.objects.get().state == "open"
    assert Contradiction.objects.get().rulings.count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"state": "left_open"}, "Say why; the reason stays with the contradiction."),
        ({"reason": "So."}, "Choose what becomes of it."),
        ({"state": "open", "reason": "So."}, "It is “open” already."),
        ({"state": "settled", "reason": "So."}, "Select a valid choice"),
        ({"state": "resolved", "reason": "a\x1b"}, "control character"),
    ],
)
def test_a_ruling_that_can_not_be_is_told_and_kept(how_many, analyst_client, typed, told):
    before = Change.objects.count()
    response = send(analyst_client, opened(analyst_client, ONE, "rule"), ONE, "rule", **typed)
    assert response.status_code == 422
    assert told in errors(read(response))
    if "reason" in typed and typed["reason"] == "So.":
        kept = next(form for form in read(response).all("form") if form.has("button", value="rule"))
        assert filled_in(kept)["reason"] == ["So."]
    assert Change.objects.count() == before


def test_words_are_added_to_a_side_and_to_a_new_one(world, how_many, analyst_client):
    form = opened(analyst_client, ONE, "add")
    chosen = {"quote": [str(world.neighbours.pk)]}
    assert send(analyst_client, form, ONE, "add", side="2", **chosen).status_code == 302
    form = opened(analyst_client, ONE, "add")
    assert send(analyst_client, form, ONE, "add", side="new", says="Some", **chosen).status_code == 302
    said = words(look(analyst_client, ONE))
    assert "“unacceptable 🚫 to us”" in said
    assert "Some | “in neighbouring countries”" in said
    assert [side.proofs.count() for side in ContradictionSide.objects.order_by("number")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"side": "1"}, "Choose the words, or the place in a source, that say so."),
        ({"side": "9", "quote": "+"}, "Select a valid choice"),
        ({"side": "new", "quote": "+"}, "Say in a few words what this side says."),
        ({"side": "1", "quote": "999999"}, "One of these quotes is not of this negotiation."),
        ({"side": "1", "source-0": "+", "locator-0": ""}, "needs both"),
    ],
)
def test_words_that_can_not_be_added_are_told(world, how_many, analyst_client, typed, told):
    typed = {name: str(world.neighbours.pk) if value == "+" else value for name, value in typed.items()}
    before = Change.objects.count()
    response = send(analyst_client, opened(analyst_client, ONE, "add"), ONE, "add", **typed)
    assert response.status_code == 422
    assert told in errors(read(response))
    assert Change.objects.count() == before


def test_quotes_are_looked_for_in_place(world, how_many, analyst_client):
    form = opened(analyst_client, ONE, "add")
    typed = {"words": "neighbouring", "quote": [str(world.send.pk)], "side": "2"}
    response = send(analyst_client, form, ONE, "find", htmx=True, **typed)
    assert response.status_code == 200
    page = read(response)
    assert not page.has("main")
    assert [span.text for span in page.all("span", "quote")] == ["“we will send them”", "“in neighbouring countries”"]
    assert filled_in(page.find("form"))["quote"] == [str(world.send.pk)]
    assert filled_in(page.find("form"))["side"] == ["2"]
    whole = send(analyst_client, form, ONE, "find", **typed)
    assert read(whole).has("main")


def test_what_does_not_exist_is_not_found(how_many, reader_client, analyst_client, outsider_client):
    assert reader_client.get(LIST + "none/").status_code == 404
    assert outsider_client.get(ONE).status_code == 404
    assert reader_client.post(ONE, {"act": "rule"}).status_code == 403
    assert analyst_client.post(ONE, {}).status_code == 422
    abroad = make.ContradictionFactory()
    assert analyst_client.post(f"{LIST}{abroad.slug}/", {"act": "rule"}).status_code == 404
