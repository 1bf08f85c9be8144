"""An analyst hands a document in; it waits, is confirmed once, and whatever can't be read leaves nothing behind."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from negotiations.domain import intakes
from negotiations.domain.documents import Details
from negotiations.domain.intakes import confirm, discard, find_held, hand_in
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.recognising import AlreadyHere
from negotiations.models import Change, Intake, Original, Outlet, Snapshot, Source
from negotiations.texts.extracting import Unreadable
from tests import factories as make
from tests.sql import at_once

pytestmark = pytest.mark.django_db

REPORT = (
    "Talks go on\n\nThe minister said that her country would send observers once the guns are silent.\n\n"
    "Her colleague from the north would not say so before parliament has voted on the matter next week."
)
HTML = """<html lang="fr"><head><title>Les pourparlers</title><meta property="og:site_name" content="Le Matin">
<meta property="article:published_time" content="2026-01-06"></head><body><article>
<p>Les ministres se sont rencontrés à Paris pour parler de la force qui serait déployée après le cessez-le-feu.</p>
<p>La présidence a déclaré que les modalités sont arrêtées et que les alliés les publieront bientôt, sans donner de
date.</p></article></body></html>""".encode()


def test_what_is_pasted_waits_and_is_taken_in_as_a_new_source(world, analyst):
    workspace = world.workspace(analyst)
    token = hand_in(workspace, by=analyst, text=REPORT)
    assert Source.objects.count() == 1, "nothing is taken in before it is confirmed"
    held = find_held(workspace, token, by=analyst)
    assert held.text.startswith("Talks go on\n\nThe minister")
    details = Details(
        title="Talks go on", outlet="The Gazette", published_on=date(2026, 1, 31), precision="month", language="en"
    )
    named = confirm(workspace, token, details, by=analyst)
    source = Source.objects.get(slug="talks-go-on")
    assert named.slug == source.slug
    assert (source.outlet, source.published_on, source.status) == (world.outlet, date(2026, 1, 31), "new")
    snapshot = source.snapshots.get()
    assert (snapshot.kind, snapshot.text) == ("full", held.text)
    change = Change.objects.get(revision=snapshot.revision)
    assert (change.by, change.verb, change.what) == (analyst, "took in", "source Talks go on")
    assert not Intake.objects.exists()


def test_a_file_is_kept_to_the_byte_and_says_of_itself_what_it_says(world, analyst):
    workspace = world.workspace(analyst)
    token = hand_in(workspace, by=analyst, name="C:\\talks\\matin.html", content=HTML)
    held = find_held(workspace, token, by=analyst)
    assert held.name == "matin.html"
    assert (held.proposed["title"], held.proposed["outlet"], held.proposed["language"]) == (
        "Les pourparlers", "Le Matin", "fr",
    )  # fmt: skip
    assert held.proposed["published_on"] == date(2026, 1, 6)
    confirm(workspace, token, Details(title="Les pourparlers", outlet="Le Matin"), by=analyst)
    original = Original.objects.get()
    assert (bytes(original.content), original.name, original.media_type) == (HTML, "matin.html", "text/html")
    added = Outlet.objects.get(name="Le Matin")
    assert added.reliability == "F", "who is not known can't be judged"


@pytest.mark.parametrize(("line", "day"), [("Paris, 6 January 2026", date(2026, 1, 6)), ("6 January 2999", None)])
def test_the_day_at_the_head_of_a_text_is_proposed_unless_it_is_yet_to_come(line, day):
    assert intakes.read("report.txt", REPORT.replace("\n\n", f"\n\n{line}\n\n", 1).encode()).published_on == day


def test_the_source_of_a_web_page_may_be_pasted(world, analyst):
    workspace = world.workspace(analyst)
    held = find_held(workspace, hand_in(workspace, by=analyst, text=f"\n{HTML.decode()}"), by=analyst)
    assert held.proposed["title"] == "Les pourparlers"
    assert "<p>" not in held.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.txt", b"", "empty"), ("a.exe", b"MZ", "suffix"), ("a.txt", bytes(range(256)), "binary")],
)
def test_what_cant_be_read_leaves_nothing(world, analyst, name, content, reason):
    before = Change.objects.count()
    with pytest.raises(Unreadable) as unreadable:
        hand_in(world.workspace(analyst), by=analyst, name=name, content=content)
    assert unreadable.value.reason == reason
    assert not Intake.objects.exists()
    assert Change.objects.count() == before


def test_the_same_again_is_recognised_by_its_bytes_and_by_its_text(world, analyst):
    workspace = world.workspace(analyst)
    token = hand_in(workspace, by=analyst, name="talks.txt", content=REPORT.encode())
    confirm(workspace, token, Details(title="Talks"), by=analyst)
    for again in ({"name": "copy.txt", "content": REPORT.encode()}, {"text": REPORT}):
        with pytest.raises(AlreadyHere) as here:
            hand_in(workspace, by=analyst, **again)
        assert here.value.source.slug == "talks"


def test_of_the_same_words_the_file_that_was_handed_in_last_waits_with_what_it_says(world, analyst):
    workspace = world.workspace(analyst)
    plain = hand_in(workspace, by=analyst, text=REPORT)
    assert hand_in(workspace, by=analyst, name="talks.txt", content=REPORT.encode()) == plain
    mail = f"From: The Gazette <a@b.example>\r\nSubject: Talks\r\nDate: Tue, 06 Jan 2026 08:00:00 +0100\r\n\r\n{REPORT}"
    token = hand_in(workspace, by=analyst, name="talks.eml", content=mail.encode())
    assert [waits.slug for waits in intakes.waiting(workspace, by=analyst)] == [str(token)]
    assert find_held(workspace, token, by=analyst).proposed["published_on"] == date(2026, 1, 6)


def test_what_was_taken_in_by_a_colleague_meanwhile_is_not_taken_in_twice(world, analyst, second_analyst):
    workspace, theirs = world.workspace(analyst), world.workspace(second_analyst)
    mine = hand_in(workspace, by=analyst, name="talks.txt", content=REPORT.encode())
    other = hand_in(theirs, by=second_analyst, name="talks.txt", content=REPORT.encode())
    confirm(theirs, other, Details(title="Talks"), by=second_analyst)
    with pytest.raises(AlreadyHere):
        confirm(workspace, mine, Details(title="Talks, once more"), by=analyst)
    assert Snapshot.objects.filter(text=REPORT).count() == 1


def test_the_same_form_sent_twice_is_done_once(world, analyst):
    workspace = world.workspace(analyst)
    token = hand_in(workspace, by=analyst, text=REPORT)
    first = confirm(workspace, token, Details(title="Talks"), by=analyst)
    assert confirm(workspace, token, Details(title="Talks"), by=analyst) == first
    assert Source.objects.filter(title="Talks").count() == 1


def test_a_near_copy_is_offered_as_a_reprint_of_its_origin(world, analyst):
    workspace = world.workspace(analyst)
    first = confirm(workspace, hand_in(workspace, by=analyst, text=REPORT), Details(title="Talks"), by=analyst)
    cut = REPORT.partition("\n\n")[2] + "\n\nSubscribe for more."
    token = hand_in(workspace, by=analyst, text=cut)
    [copy] = find_held(workspace, token, by=analyst).recognised.copies
    assert (copy.source, copy.origin) == (first, first)
    assert copy.share > 0.9
    reprint = confirm(workspace, token, Details(title="Reprint", origin=copy.origin.slug), by=analyst)
    assert Source.objects.get(slug=reprint.slug).origin.slug == first.slug
    third = hand_in(workspace, by=analyst, text=cut.replace("Subscribe", "Write to us"))
    assert {c.origin for c in find_held(workspace, third, by=analyst).recognised.copies} == {first}


def test_the_text_of_a_source_with_a_precis_is_recognised_by_its_quotes(world, analyst):
    workspace = world.workspace(analyst)
    whole = f"After the summit\n\n{world.snapshot.text}\n\nNothing was said of a date."
    token = hand_in(workspace, by=analyst, text=whole)
    assert find_held(workspace, token, by=analyst).recognised.quoted.slug == "summit-report"
    confirm(workspace, token, Details(source="summit-report"), by=analyst)
    text = world.source.snapshots.get(number=2)
    assert set(text.anchorings.values_list("state", flat=True)) <= {"exact", "moved"}
    again = hand_in(workspace, by=analyst, text=f"{whole} So far.")
    assert find_held(workspace, again, by=analyst).recognised.quoted is None, "it has its full text by now"


def test_a_text_with_other_words_in_the_place_of_quotes_is_not_taken_for_the_sources_own(world, analyst):
    workspace = world.workspace(analyst)
    other = world.snapshot.text.replace("we will send them", "we will not send them")
    token = hand_in(workspace, by=analyst, text=other)
    assert find_held(workspace, token, by=analyst).recognised.quoted is None


def test_what_waits_is_its_senders_alone(world, analyst, second_analyst, curator):
    token = hand_in(world.workspace(analyst), by=analyst, text=REPORT)
    for other in (second_analyst, curator):
        assert find_held(world.workspace(other), token, by=other) is None
        with pytest.raises(Hidden):
            confirm(world.workspace(other), token, Details(title="Mine"), by=other)
        discard(world.workspace(other), token, by=other)
    assert Intake.objects.filter(token=token).exists()


def test_a_reader_may_not_take_documents_in(world, reader, analyst):
    with pytest.raises(Forbidden):
        hand_in(world.workspace(reader), by=reader, text=REPORT)
    with pytest.raises(Forbidden):
        discard(world.workspace(reader), uuid4(), by=reader)


def test_nothing_of_another_negotiation_is_named_or_recognised(world, analyst):
    other = make.NegotiationFactory()
    elsewhere = make.SourceFactory(negotiation=other, slug="elsewhere")
    make.SnapshotFactory(source=elsewhere, kind="full", text=REPORT)
    workspace = world.workspace(analyst)
    with pytest.raises(Hidden):
        hand_in(workspace, by=analyst, text=REPORT, source="elsewhere")
    token = hand_in(workspace, by=analyst, text=REPORT)
    known = find_held(workspace, token, by=analyst).recognised
    assert (known.same, known.quoted, known.copies) == (None, None, ())


def test_what_has_waited_too_long_goes_and_of_one_person_all_but_the_newest(world, analyst, second_analyst):
    old = make.IntakeFactory(
        negotiation=world.negotiation, by=second_analyst, at=timezone.now() - timedelta(days=intakes.DAYS + 1)
    )
    workspace = world.workspace(analyst)
    ago = [timezone.now() - timedelta(minutes=minutes) for minutes in range(intakes.HELD + 1, 0, -1)]
    mine = [make.IntakeFactory(negotiation=world.negotiation, by=analyst, at=at).token for at in ago]
    mine.append(hand_in(workspace, by=analyst, text=REPORT))
    assert not Intake.objects.filter(pk=old.pk).exists()
    assert set(Intake.objects.values_list("token", flat=True)) == set(mine[2:])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\secret\\talks.pdf", "talks.pdf"),
        ("talks\r\nX-Evil: 1.txt", "talksX-Evil: 1.txt"),
        ("talks\u202etxt.exe.pdf", "talkstxt.exe.pdf"),
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
        ("...", "document"),
        ("", "document"),
    ],
)
def test_DOC32_a_files_name_is_only_a_name(name, kept):
    assert intakes.file_name(name) == kept


@pytest.mark.django_db(transaction=True)
def test_DOC33_the_same_file_sent_twice_at_one_moment_is_one_document(world, analyst, second_analyst):
    people = [analyst, second_analyst]
    tokens = [hand_in(world.workspace(by), by=by, name="talks.txt", content=REPORT.encode()) for by in people]

    def send(by, token):
        return lambda: confirm(world.workspace(by), token, Details(title="Talks"), by=by)

    answers = at_once(*map(send, people, tokens))
    assert Source.objects.filter(title="Talks").count() == Original.objects.count() == 1
    [refused] = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refused, AlreadyHere)
    assert refused.source.slug == "talks"


def test_what_has_waited_too_long_is_not_there_any_more(world, analyst):
    workspace = world.workspace(analyst)
    old = make.IntakeFactory(
        negotiation=world.negotiation, by=analyst, at=timezone.now() - timedelta(days=intakes.DAYS, minutes=1)
    )
    assert intakes.waiting(workspace, by=analyst) == []
    with pytest.raises(Hidden):
        confirm(workspace, old.token, Details(title="Late"), by=analyst)


def test_the_same_document_waits_once(world, analyst):
    workspace = world.workspace(analyst)
    assert hand_in(workspace, by=analyst, text=REPORT) == hand_in(workspace, by=analyst, text=REPORT)


def test_a_further_text_keeps_the_language_that_was_confirmed_and_goes_to_the_source_that_is_kept(world, analyst):
    workspace = world.workspace(analyst)
    kept = make.SourceFactory(negotiation=world.negotiation, slug="kept", language="uk")
    Source.objects.filter(pk=world.source.pk).update(merged_into=kept)
    token = hand_in(workspace, by=analyst, text=REPORT, source="summit-report")
    assert find_held(workspace, token, by=analyst).source.slug == "kept"
    confirm(workspace, token, Details(source="kept", language="en"), by=analyst)
    assert kept.snapshots.get().language == "en"
