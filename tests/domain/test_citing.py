"""Citing a passage: it becomes a quote once, just as it stands, and nothing else is let in."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from negotiations.domain.changes import KeyReused
from negotiations.domain.citing import LONGEST_QUOTE, AlreadyCited, Told, cite
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.snapshots import add_text
from negotiations.domain.stances import Invalid
from negotiations.models import Change, ClaimGrading, Quote
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.worlds import build_world

SPOKEN = Told("own_words")


@pytest.fixture
def cites(world, analyst):
    """Anna cites words of the report, or of another text."""

    def do(words, told=SPOKEN, *, snapshot=None, by=analyst, key=None):
        snapshot = snapshot or world.snapshot
        start = snapshot.text.index(words)
        return cite(world.workspace(by), snapshot, start, start + len(words), told, by=by, key=key)

    return do


def counts():
    return Quote.objects.count(), Change.objects.count()


def refused(cites, words="after the talks", **told):
    before = counts()
    with pytest.raises(Invalid) as wrong:
        cites(words, Told(**({"basis": "own_words"} | told)))
    assert counts() == before, "nothing was written"
    return wrong.value.errors


def test_a_passage_becomes_a_quote_with_its_surroundings_and_a_place_in_the_log(world, cites, analyst):
    quote = cites("spoke of a contribution", Told("reported", party=world.germany.pk, through="two officials"))
    quote.refresh_from_db()
    assert quote.exact == world.snapshot.text[quote.start : quote.end] == "spoke of a contribution"
    assert (len(quote.prefix), len(quote.suffix)) == (32, 32)
    assert world.snapshot.text[quote.start - 32 : quote.end + 32] == quote.prefix + quote.exact + quote.suffix
    assert (quote.party, quote.basis, quote.through) == (world.germany, "reported", "two officials")
    change = Change.objects.get(negotiation=world.negotiation, revision=quote.revision)
    assert (change.by, change.verb) == (analyst, "cited")
    assert change.what == "“spoke of a contribution” from After the summit"


def test_white_space_at_the_edges_is_left_out(world, cites):
    quote = cites(" spoke of ")
    assert quote.exact == "spoke of"


def test_a_speaker_stands_for_their_party_unless_told_otherwise(world, cites):
    assert cites("after the", Told("own_words", speaker=world.president.pk)).party_id == world.france.pk
    for_others = Told("own_words", speaker=world.president.pk, party=world.germany.pk)
    assert cites("the talks", for_others).party_id == world.germany.pk


def test_slugs_can_be_read_and_are_given_once(world, cites):
    told = Told("reported", party=world.germany.pk)
    text = "No soldiers, it said. Later: No soldiers! Ні. 不行"
    snapshot = make.SnapshotFactory(source=make.SourceFactory(negotiation=world.negotiation), text=text)
    assert cites("No soldiers,", told, snapshot=snapshot).slug == "germany-no-soldiers"
    assert cites("No soldiers!", told, snapshot=snapshot).slug == "germany-no-soldiers-2"
    assert cites("Ні.", told, snapshot=snapshot).slug == "germany-ni"
    assert cites("不行", snapshot=snapshot).slug == "quote"
    long = cites(snapshot=world.snapshot, words=world.snapshot.text[:150], told=told).slug
    assert long == "germany-the-french-president-said-we-will-send"
    Quote._meta.get_field("slug").run_validators(long)


def test_a_claim_is_graded_with_its_reason_in_the_same_act(cites):
    quote = cites("From Moscow", Told("reported", credibility=4, reason="Nobody else has it."))
    grading = ClaimGrading.objects.get(quote=quote)
    assert (grading.credibility, grading.reason, grading.revision) == (4, "Nobody else has it.", quote.revision)
    assert "reason" in refused(cites, credibility=4)
    assert "reason" in refused(cites, credibility=4, reason=" ")
    assert "credibility" in refused(cites, reason="Why not?")
    assert "credibility" in refused(cites, credibility=7, reason="Better than that.")


def test_a_day_is_kept_as_exactly_as_it_is_known(world, cites):
    quote = cites("From Moscow", Told("reported", said_on=date(2025, 3, 2), precision="month"))
    assert quote.said_on == date(2025, 3, 31)
    assert "said_on" in refused(cites, said_on=date.today() + timedelta(days=2))
    assert "precision" in refused(cites, precision="week")


@pytest.mark.parametrize(
    "told",
    [{"basis": "guess"}, {"basis": ""}, {"through": "x" * 201}, {"through": "a\x00b"}, {"through": "\ud800"},
     {"credibility": 3, "reason": "\x00"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(cites, told):
    assert all(sentence.endswith(".") for sentence in refused(cites, **told).values())


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**6), (10**9, 10**9 + 1)])
def test_a_span_that_the_text_has_not_is_refused(world, analyst, start, end):
    with pytest.raises(Invalid):
        cite(world.workspace(analyst), world.snapshot, start, end, SPOKEN, by=analyst)


def test_a_passage_of_blanks_or_of_half_a_book_is_refused(world, cites):
    source = make.SourceFactory(negotiation=world.negotiation)
    snapshot = make.SnapshotFactory(source=source, text="a \n\t  b" + "x" * LONGEST_QUOTE)
    with pytest.raises(Invalid):
        cites(" \n\t ", snapshot=snapshot)
    with pytest.raises(Invalid, match="at most 5,000 characters"):
        cites("b" + "x" * LONGEST_QUOTE, snapshot=snapshot)


def test_TXT15_line_ends_and_characters_beyond_the_first_plane_are_kept_as_they_stand(world, cites):
    source = make.SourceFactory(negotiation=world.negotiation)
    snapshot = make.SnapshotFactory(source=source, text="One 🕊🏽 dove.\r\n\r\nTwo 👩‍👩‍👧 lines\r\nrun on.")
    quote = cites("\r\nTwo 👩‍👩‍👧 lines\r\nrun", snapshot=snapshot)
    quote.refresh_from_db()
    assert quote.exact == "Two 👩‍👩‍👧 lines\r\nrun"
    assert snapshot.text[quote.start : quote.end] == quote.exact


def test_people_and_parties_of_another_negotiation_are_not_known_here(world, cites):
    other = build_world(make.NegotiationFactory(slug="elsewhere"))
    assert "party" in refused(cites, party=other.france.pk)
    assert "speaker" in refused(cites, speaker=other.president.pk)
    assert "speaker" in refused(cites, speaker=10**9)
    with pytest.raises(Hidden):
        cites("after", snapshot=other.snapshot)


def test_only_analysts_cite(world, cites, reader, curator):
    before = counts()
    with pytest.raises(Forbidden):
        cites("after the talks", by=reader)
    assert counts() == before
    assert cites("after the talks", by=curator).exact == "after the talks"


def test_sent_twice_it_is_done_once(world, cites, second_analyst):
    key = uuid4()
    first = cites("after the talks", key=key)
    before = counts()
    assert cites("after the talks", key=key) == first
    with pytest.raises(KeyReused):
        cites("From Moscow", key=key)
    assert counts() == before
    assert cites("From Moscow", key=key, by=second_analyst), "keys are each user's own"


def test_the_same_span_is_cited_once(world, cites, second_analyst):
    first = cites("after the talks")
    before = counts()
    for words in ("after the talks", " after the talks "):
        with pytest.raises(AlreadyCited) as already:
            cites(words, Told("reported", party=world.france.pk), by=second_analyst)
        assert already.value.quote == first.pk
    assert counts() == before
    assert cites("after the talks in Paris").pk != first.pk, "a longer passage is another one"


def test_a_quote_that_was_found_again_in_this_text_is_not_cited_once_more(world, cites):
    later = add_text(world.source, f"Preface.\n\n{world.snapshot.text}", kind=SnapshotKind.FULL, by=None)
    with pytest.raises(AlreadyCited) as already:
        cites(world.send.exact, snapshot=later)
    assert already.value.quote == world.send.pk


def test_a_quote_from_an_older_text_is_looked_for_in_the_later_ones(world, cites):
    moved = add_text(world.source, f"Preface.\n\n{world.snapshot.text}", kind=SnapshotKind.FULL, by=None)
    gone = add_text(world.source, "The article was taken down.", kind=SnapshotKind.FULL, by=None)
    quote = cites("after the talks in Paris")
    places = {place.snapshot_id: place for place in quote.anchorings.all()}
    assert places[moved.pk].state == "moved"
    assert moved.text[places[moved.pk].start : places[moved.pk].end] == quote.exact
    assert places[gone.pk].state == "gone"
    assert {place.revision for place in places.values()} == {quote.revision}


def test_a_quote_from_the_newest_text_leaves_the_older_ones_alone(world, cites):
    later = add_text(world.source, "Another text: so it is.", kind=SnapshotKind.FULL, by=None)
    assert not cites("so it is", snapshot=later).anchorings.exists()


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_nothing_new_rests_on_a_source_that_fell(world, cites, status):
    make.SourceGradingFactory(source=world.source, status=status)
    assert f"This source is {status}" in refused(cites)[""]


def test_a_source_that_nobody_has_graded_yet_can_be_cited(world, cites):
    source = make.SourceFactory(negotiation=world.negotiation)
    assert source.status == "new"
    assert cites("We are ready", snapshot=make.SnapshotFactory(source=source)).exact == "We are ready"


def test_a_duplicate_is_cited_from_the_document_that_is_kept(world, cites, curator):
    kept = make.SourceFactory(negotiation=world.negotiation)
    duplicate = make.SourceFactory(negotiation=world.negotiation, merged_into=kept)
    with pytest.raises(Invalid, match="the same document as another"):
        cites("We are ready", snapshot=make.SnapshotFactory(source=duplicate))


def test_the_workspace_is_the_one_that_the_text_is_of(world, analyst):
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    make.MembershipFactory(negotiation=elsewhere, user=analyst, role="analyst")
    with pytest.raises(Hidden):
        cite(get_workspace("elsewhere", by=analyst), world.snapshot, 0, 5, SPOKEN, by=analyst)
