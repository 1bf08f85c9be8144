"""A link to a past state shows the same tomorrow, on every page, whatever is added, judged, renamed or undone since."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import transaction

from negotiations.domain import changes, citing, comment_acts, gradings, snapshots, undoing
from negotiations.domain.undoing import get_undo
from negotiations.models import (
    Attendance,
    Beneficiary,
    CollectiveMember,
    Commitment,
    Contradiction,
    Instrument,
    Meeting,
    Negotiation,
    Outlet,
    Party,
    Person,
    Priority,
    Question,
    Signature,
    Source,
)
from negotiations.models.outlets import Reliability
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make
from tests.stories import record
from tests.views.looking import words

PLACES = [
    *("", "positions/germany/2/", "positions/france/2/", "parties/", "parties/germany/", "parties/france/"),
    *("priorities/", "priorities/2/", "people/", "people/president/", "meetings/", "meetings/summit/"),
    *("instruments/", "instruments/plan/", "commitments/", "commitments/promise/", "sources/"),
    *("sources/summit-report/", "contradictions/", "contradictions/dispute/", "questions/", "questions/asked/"),
]


def told(client, query):
    """What each page says, but for the list of revisions that lead on from there."""
    pages = {place: words(client.get(f"/n/paris/{place}{query}")) for place in PLACES}
    return {place: re.sub(r"\d+ \w+ 2026, revision \d+ \| ?", "", page) for place, page in pages.items()}


def rename_everything(talks):
    """Whatever can be edited in place reads otherwise from now on, and links are taken away."""
    with transaction.atomic():
        changes.take(talks.pk, by=None, verb="changed", what="everything")
        for number, party in enumerate(Party.objects.all()):
            Party.objects.filter(pk=party.pk).update(name=f"Renamed {number}", order=9 - number, aliases=["Otherwise"])
        for model in (Priority, Person, Meeting, Instrument, Outlet):
            model.objects.update(name="Otherwise", description="Quite otherwise.")
        for model in (Source, Contradiction):
            model.objects.update(title="Otherwise", description="Quite otherwise.")
        for model in (Commitment, Question):
            model.objects.update(text="Otherwise.")
        Meeting.objects.update(place="Elsewhere", kind="call", starts_on=date(2026, 1, 7))
        Source.objects.update(language="uk", published_on=date(2026, 1, 7), outlet=None)
        for link in (CollectiveMember, Attendance, Signature, Beneficiary):
            link.objects.all().delete()
        Negotiation.objects.filter(pk=talks.pk).update(name="Otherwise", description="Quite otherwise.")


@pytest.mark.django_db(transaction=True)
def test_whatever_is_added_judged_renamed_or_undone_later_a_pinned_page_reads_the_same(
    world, analyst, second_analyst, curator, reader_client, analyst_client
):
    talks = world.negotiation
    summit = make.MeetingFactory(negotiation=talks, slug="summit", starts_on=date(2026, 1, 6))
    plan = make.InstrumentFactory(negotiation=talks, slug="plan", dated=date(2026, 1, 6))
    promise = make.CommitmentFactory(
        negotiation=talks, slug="promise", party=world.germany, instrument=plan, meeting=summit
    )
    dispute = make.ContradictionFactory(negotiation=talks, slug="dispute")
    asked = make.QuestionFactory(negotiation=talks, slug="asked", position=world.cell(world.germany, world.force))
    cited = citing.cite(
        world.workspace(analyst), world.snapshot, 0, 10, citing.Told("reported", party=world.france.pk), by=analyst
    )
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours], held_from=date(2026, 1, 6))
    allies = make.PartyFactory(negotiation=talks, slug="allies", name="Allies", kind="collective")
    make.CollectiveMemberFactory(collective=allies, member=world.germany)
    make.AttendanceFactory(meeting=summit, party=world.germany, person=world.president, status="attended")
    make.SignatureFactory(instrument=plan, party=world.germany, state="signed", quote=world.send)
    make.BeneficiaryFactory(commitment=promise, party=world.russia)
    query = f"?as_of=2026-01-07&known_at={Negotiation.objects.get(pk=talks.pk).revision}"
    before, as_analyst = told(reader_client, query), told(analyst_client, query)

    undo = get_undo("paris", cited.revision, by=analyst)
    undoing.undo(undo.workspace, cited.revision, why="A slip.", seen=undo.seen, by=analyst)
    record(
        world,
        world.germany,
        world.force,
        by=analyst,
        code="opposes",
        evidence=[world.neighbours],
        depends_on=(world.france.pk,),
    )
    record(world, world.france, world.force, by=analyst, code="champions", evidence=[world.send])
    united = make.PartyFactory(negotiation=talks, slug="united", name="The United", kind="collective")
    make.CollectiveMemberFactory(collective=united, member=world.germany)
    new = make.PriorityFactory(negotiation=talks, number=7, name="A new matter")
    record(world, united, world.force, by=analyst, code="champions", evidence=[world.send])
    record(world, world.france, new, by=analyst, code="champions", evidence=[world.send])
    minister = make.PersonFactory(party=world.germany, slug="minister", name="The Minister")
    dinner = make.MeetingFactory(negotiation=talks, slug="dinner", name="Dinner", starts_on=date(2026, 1, 5))
    for meeting in (summit, dinner):
        make.AttendanceFactory(meeting=meeting, party=world.germany, person=minister, status="attended")
    deal = make.InstrumentFactory(
        negotiation=talks, slug="deal", name="Deal", dated=date(2026, 1, 6), replaces=plan, meeting=summit
    )
    make.SignatureFactory(instrument=plan, party=world.france, state="signed", quote=world.send)
    make.BeneficiaryFactory(commitment=promise, party=world.france)
    make.CommitmentEventFactory(commitment=promise, status="announced", on=date(2026, 1, 6), quote=world.send)
    make.CommitmentFactory(negotiation=talks, slug="more", text="More of it.", party=world.germany, instrument=deal)
    make.ContradictionFactory(negotiation=talks, slug="another")
    make.QuestionFactory(negotiation=talks, slug="why", text="Why?", position=world.cell(world.germany, world.force))
    make.QuestionEventFactory(question=asked, state="dropped", quote=None, note="No more.")
    make.ContradictionRulingFactory(contradiction=dispute, state="resolved", reason="So.")
    snapshots.add_text(
        world.source, "Quite another text “in neighbouring countries”.", kind=SnapshotKind.FULL, by=curator
    )
    citing.cite(
        world.workspace(analyst), world.snapshot, 20, 40, citing.Told("reported", party=world.germany.pk), by=analyst
    )
    gradings.grade_outlet(world.outlet, Reliability.E, by=curator, why="No.")
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Off.")
    make.SourceFactory(outlet=world.outlet, slug="echo", title="Echo", language="fr", status="accepted")
    comment_acts.comment(world.workspace(analyst), world.cell(world.germany, world.force).pk, "Look here.", by=analyst)
    rename_everything(talks)

    after = told(reader_client, query)
    assert after == before
    assert told(analyst_client, query) == as_analyst
    assert told(reader_client, "") != before, "the control: the present has moved on"
    for missing in ("parties/united/", "priorities/7/", "people/minister/", "meetings/dinner/", "sources/echo/"):
        assert reader_client.get(f"/n/paris/{missing}{query}").status_code == 404
        assert reader_client.get(f"/n/paris/{missing}").status_code == 200
