"""Passages for a cell: from which texts, what is left out, and what people said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from negotiations.database.roles import as_owner
from negotiations.domain import findings, libraries
from negotiations.domain.cells import get_cell
from negotiations.domain.changes import KeyReused
from negotiations.domain.finding_acts import judge, read_place
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.snapshots import add_text
from negotiations.domain.stances import Invalid
from negotiations.models import Change, PassageJudgement
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.sql import run
from tests.stories import record

REPORT = (
    "Talks went on in the capital.\n\n"
    "Germany may send soldiers to a neighbouring state, its minister said. Others ate.\n\n"
    "The chancellor spoke of a force. German troops would stay in the west."
)


@pytest.fixture
def talks(world):
    """Germany on the force, whose terms are kept; a second source tells of it."""
    world.force.terms = ["soldiers", "troops", "force"]
    world.force.save()
    make.PersonFactory(party=world.germany, slug="chancellor", name="Paul Kanz", titles=["Chancellor"])
    source = make.SourceFactory(
        negotiation=world.negotiation, outlet=world.outlet, slug="report", title="A report", status="accepted",
        published_on=date(2026, 1, 7),
    )  # fmt: skip
    make.SnapshotFactory(source=source, text=REPORT, kind="full")
    return world


def germany_on_the_force(by, **options):
    return findings.get_findings("paris", "germany", 2, by=by, **options)


def text_of(found):
    return "".join(run.text for run in found.runs)


def texts_of(found):
    return [text_of(one) for one in found]


def source_named(world, slug):
    return world.negotiation.sources.get(slug=slug)


def test_passages_come_with_their_place_their_source_and_why(talks, analyst):
    [first] = [one for one in germany_on_the_force(analyst).found if text_of(one).startswith("Germany may send")]
    assert (first.source.slug, first.number, first.paragraph) == ("report", 1, 2)
    assert (first.outlet, first.reliability, first.published_on) == ("The Gazette", "B", date(2026, 1, 7))
    marked = {run.text: run.keys for run in first.runs if run.keys}
    assert marked["Germany"] == (findings.NAME,)
    assert marked["soldiers"] == (findings.TERM,)


def test_what_the_cell_cites_already_is_left_out(talks, analyst):
    assert any("in neighbouring countries" in text for text in texts_of(germany_on_the_force(analyst).found))
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    assert not any("in neighbouring countries" in text for text in texts_of(germany_on_the_force(analyst).found))


def test_what_came_in_since_the_cell_was_judged_stands_higher_until_it_is_judged_again(talks, analyst):
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    late = make.SourceFactory(negotiation=talks.negotiation, slug="late", status="accepted")
    add_text(late, "Nothing new.\n\nTroops from Germany were spoken of.", kind=SnapshotKind.FULL, by=analyst)
    first = germany_on_the_force(analyst).found[0]
    assert (text_of(first), first.is_new) == ("Troops from Germany were spoken of.", True)
    add_text(source_named(talks, "report"), f"Corrected.\n\n{REPORT}", kind=SnapshotKind.FULL, by=analyst)
    assert not any(one.is_new for one in germany_on_the_force(analyst).found if one.source.slug == "report")
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    again = germany_on_the_force(analyst).found
    assert text_of(again[0]).startswith("Germany may send") and not any(one.is_new for one in again)


def test_a_quote_that_another_cell_cites_is_offered_as_that_quote(talks, analyst):
    record(talks, talks.germany, talks.monitoring, by=analyst, evidence=[talks.neighbours])
    [one] = [one for one in germany_on_the_force(analyst).found if "in neighbouring" in text_of(one)]
    assert one.quote.slug == "germany-neighbours"


def test_a_quote_is_known_in_a_later_text_of_its_source(talks, analyst):
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    add_text(talks.source, f"Corrected.\n\n{talks.snapshot.text}", kind=SnapshotKind.FULL, by=analyst)
    assert not any("in neighbouring countries" in text for text in texts_of(germany_on_the_force(analyst).found))


def test_words_that_changed_are_no_quote_of_the_new_text_until_somebody_says_that_they_hold(talks, analyst):
    record(talks, talks.germany, talks.force, by=analyst, evidence=[talks.neighbours])
    changed = talks.snapshot.text.replace("in neighbouring countries", "in no neighbouring countries")
    add_text(talks.source, changed, kind=SnapshotKind.FULL, by=analyst)
    [one] = [one for one in germany_on_the_force(analyst).found if "no neighbouring countries" in text_of(one)]
    assert one.quote.slug == "russia-no"  # which stands there as it was cited
    anchoring = talks.neighbours.anchorings.get()
    make.AnchoringDecisionFactory(anchoring=anchoring, holds=True)
    assert not any("no neighbouring countries" in text for text in texts_of(germany_on_the_force(analyst).found))


@pytest.mark.parametrize("status", ["rejected", "retracted"])
def test_a_source_that_counts_for_nothing_is_not_searched(talks, analyst, status):
    source = source_named(talks, "report")
    source.status = status
    source.save()
    assert {one.source.slug for one in germany_on_the_force(analyst).found} == {"summit-report"}


def test_a_duplicate_is_not_searched(talks, analyst):
    source = source_named(talks, "report")
    source.merged_into = talks.source
    source.save()
    assert {one.source.slug for one in germany_on_the_force(analyst).found} == {"summit-report"}


def test_of_a_source_the_newest_full_text_is_searched_else_the_precis(talks, analyst):
    source = source_named(talks, "report")
    add_text(source, "Germany sends soldiers, in our own words.", kind=SnapshotKind.PRECIS, by=analyst)
    assert all(one.number == 1 for one in germany_on_the_force(analyst).found if one.source.slug == "report")
    add_text(source, "Germany sends no soldiers after all.", kind=SnapshotKind.FULL, by=analyst)
    [told] = [one for one in germany_on_the_force(analyst).found if one.source.slug == "report"]
    assert (told.number, text_of(told)) == (3, "Germany sends no soldiers after all.")


def test_names_and_terms_count_as_they_are_today(talks, analyst):
    before = germany_on_the_force(analyst)
    talks.germany.aliases = ["Bonn"]
    talks.germany.save()
    talks.force.terms = []
    talks.force.save()
    after = germany_on_the_force(analyst)
    assert before.has_own_terms and "Bonn" in after.names
    assert not after.has_own_terms and after.terms == ("deploy force", "deploy", "force")


def test_ten_are_shown_and_more_when_asked_for(talks, analyst):
    text = "\n\n".join(f"Germany sends {n} troops to place number {n}." for n in range(30, 55))
    make.SnapshotFactory(source=make.SourceFactory(negotiation=talks.negotiation, slug="long"), text=text)
    found = germany_on_the_force(analyst)
    assert (len(found.found), found.more) == (10, 20)
    everything = germany_on_the_force(analyst, show=500)
    assert (len(everything.found), everything.more) == (everything.total, 0)
    assert texts_of(everything.found)[:10] == texts_of(found.found)


# --- which texts are read, and for how long


@pytest.mark.django_db(transaction=True)
def test_a_text_blanked_by_law_is_shown_no_more_though_as_long_as_before(talks, analyst):
    assert any(text.startswith("Germany may send") for text in texts_of(germany_on_the_force(analyst).found))
    blank = "UPDATE negotiations_snapshot SET text = %s, sha256 = encode(sha256(convert_to(%s, 'UTF8')), 'hex')"
    with as_owner():
        run("ALTER TABLE negotiations_snapshot DISABLE TRIGGER only_grows")
        run(f"{blank} WHERE text = %s", *["-" * len(REPORT)] * 2, REPORT)
        run("ALTER TABLE negotiations_snapshot ENABLE TRIGGER only_grows")
    assert not any("Germany may send" in text for text in texts_of(germany_on_the_force(analyst).found))


def test_texts_are_read_once_whatever_is_asked_in_between(talks):
    first = libraries.get_shelf(talks.negotiation.pk).library
    for _ in range(3):
        libraries.get_shelf(make.SnapshotFactory(text="Elsewhere.").negotiation_id)
    assert libraries.get_shelf(talks.negotiation.pk).library is first


def test_no_more_is_remembered_than_may_be(talks, monkeypatch):
    first = libraries.get_shelf(talks.negotiation.pk).library
    monkeypatch.setattr(libraries, "KEPT", 1_000)
    libraries.get_shelf(make.SnapshotFactory(text="x " * 450).negotiation_id)
    assert sum(text.size for each, _ in libraries._libraries for _, text in each) <= 1_000
    assert libraries.get_shelf(talks.negotiation.pk).library is not first


def test_of_too_many_words_the_newest_texts_are_searched_and_it_is_said(talks, analyst, monkeypatch):
    monkeypatch.setattr(libraries, "MOST", len(REPORT) + 1)
    found = germany_on_the_force(analyst)
    assert (found.texts, found.left_out) == (1, 1)
    assert {one.source.slug for one in found.found} == {"report"}
    told = findings.get_search(get_cell("paris", "germany", 2, by=analyst)).told(date(2026, 1, 9))
    assert told.startswith("Searched the newest 1 of 2 texts on 9 January 2026 for")


# --- set aside


def set_aside(by, one, relevant=False, key=None):
    cell = get_cell("paris", "germany", 2, by=by)
    judge(cell, read_place(one.place), relevant=relevant, by=by, key=key)


def test_what_is_not_relevant_is_set_aside_for_this_cell_alone_and_can_be_taken_back(talks, analyst, second_analyst):
    first = germany_on_the_force(analyst).found[0]
    set_aside(analyst, first)
    found = germany_on_the_force(second_analyst)
    assert texts_of(found.set_aside) == [text_of(first)]
    assert not found.set_aside[0].is_weak  # why it was found is not told any more
    assert text_of(first) not in texts_of(found.found)
    assert findings.get_findings("paris", "germany", 1, by=analyst).set_aside == ()
    told = Change.objects.filter(negotiation=talks.negotiation).latest("revision")
    assert (told.verb, told.what, told.by) == ("set aside", "a passage of A report for Germany × 2", analyst)

    set_aside(second_analyst, found.set_aside[0], relevant=True)
    back = germany_on_the_force(analyst)
    assert back.set_aside == () and text_of(back.found[0]) == text_of(first)
    assert PassageJudgement.objects.count() == 2


def test_it_stays_set_aside_when_its_source_gets_another_text(talks, analyst):
    first = germany_on_the_force(analyst).found[0]
    set_aside(analyst, first)
    add_text(source_named(talks, "report"), f"Updated at noon.\n\n{REPORT}", kind=SnapshotKind.FULL, by=analyst)
    found = germany_on_the_force(analyst)
    assert texts_of(found.set_aside) == [text_of(first)]
    assert text_of(first) not in texts_of(found.found)
    set_aside(analyst, found.set_aside[0], relevant=True)
    assert germany_on_the_force(analyst).set_aside == ()


def test_its_reprints_are_set_aside_with_it(talks, analyst):
    reprint = make.SourceFactory(negotiation=talks.negotiation, slug="reprint", status="accepted")
    add_text(reprint, f"From an agency.\n\n{REPORT}", kind=SnapshotKind.FULL, by=analyst)
    [first] = [one for one in germany_on_the_force(analyst).found if text_of(one).startswith("Germany may send")]
    set_aside(analyst, first)
    assert text_of(first) not in texts_of(germany_on_the_force(analyst).found)


def test_of_many_set_aside_the_last_are_shown_and_the_others_counted(talks, analyst, monkeypatch):
    monkeypatch.setattr(findings, "MOST_ASIDE", 1)
    first, second = germany_on_the_force(analyst).found[:2]
    set_aside(analyst, first)
    set_aside(analyst, second)
    found = germany_on_the_force(analyst)
    assert texts_of(found.set_aside) == [text_of(second)]
    assert (found.aside, found.more_aside) == (2, 1)


def test_sent_twice_it_is_done_once(talks, analyst):
    first, second = germany_on_the_force(analyst).found[:2]
    key = uuid4()
    set_aside(analyst, first, key=key)
    set_aside(analyst, first, key=key)
    set_aside(analyst, first)
    assert PassageJudgement.objects.count() == 1
    with pytest.raises(KeyReused):
        set_aside(analyst, second, key=key)


def test_only_analysts_judge(talks, reader):
    first = germany_on_the_force(reader).found[0]
    with pytest.raises(Forbidden):
        set_aside(reader, first)
    assert not PassageJudgement.objects.exists()


@pytest.mark.parametrize("place", ["", "1", "1-2", "1-2-3-4", "a-b-c", "-1-2-3", "1-2-99999999999", "１-２-３"])
def test_what_names_no_place_is_refused(place):
    with pytest.raises(Invalid):
        read_place(place)


def test_a_place_outside_its_text_and_a_text_of_other_talks_are_refused(talks, analyst):
    first = germany_on_the_force(analyst).found[0]
    text = read_place(first.place)[0]
    for start, end in [(5, 5), (7, 6), (0, 100_000)]:
        with pytest.raises(Invalid):
            set_aside(analyst, replace(first, place=f"{text}-{start}-{end}"))
    elsewhere = make.SnapshotFactory(text="Germany has troops elsewhere.")
    with pytest.raises(Hidden):
        set_aside(analyst, replace(first, place=f"{elsewhere.pk}-0-5"))
    assert not PassageJudgement.objects.exists()


def test_what_was_searched_can_be_told(talks, analyst):
    told = findings.get_search(get_cell("paris", "germany", 2, by=analyst)).told(date(2026, 1, 9))
    assert told == (
        "Searched the texts of all 2 sources on 9 January 2026 for “Germany”, “Paul Kanz”, near “soldiers”, “troops”, "
        "“force”. None tells where it stands."
    )
