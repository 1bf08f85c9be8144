"""Watching, the digest, and work that is given from one to another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from negotiations import mail as mail_settings
from negotiations.domain.comment_acts import comment
from negotiations.models import Assignment, Change, DigestMark, Watch
from negotiations.trouble import Trouble
from tests import factories as make
from tests.stories import record
from tests.views.looking import links, look, questions, words

CELL = "/n/paris/positions/germany/2/work"
PARTY = "/n/paris/parties/germany/work"
PRIORITY = "/n/paris/priorities/2/work"
DIGEST = "/n/paris/digest/"
WORK = "/n/paris/work/"


def does(client, address: str, act: str, **sent) -> int:
    return client.post(address, {"act": act, **sent}).status_code


def give(client, address: str = CELL, **sent):
    return client.post(address, {"act": "give", "task": "cell", **sent})


@pytest.fixture
def colleague(talks):
    user = make.UserFactory(username="anton", name="Anton Analyst")
    make.MembershipFactory(negotiation=talks.negotiation, user=user, role="analyst")
    return user


# --- watching ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [CELL, PARTY, PRIORITY])
def test_a_reader_watches_and_the_digest_tells_what_a_colleague_recorded(address, talks, analyst, reader_client):
    assert "You watch nothing yet" in words(look(reader_client, DIGEST))
    does(reader_client, address, "watch")
    assert "Nothing new in what you watch" in words(look(reader_client, DIGEST))
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.send], why="She said no.")
    record(talks, talks.russia, talks.monitoring, by=analyst, code="opposes", evidence=[talks.send])
    page = look(reader_client, DIGEST)
    said = words(page)
    assert "1 cell that you watch has something new" in said
    assert "Germany × 2 Deploy a force: Supports → Opposes" in said
    assert "She said no. Anna Analyst" in said and "Russia" not in said
    assert "/n/paris/positions/germany/2/" in links(page)


def test_what_was_marked_as_read_is_not_told_again_and_what_came_meanwhile_is(talks, analyst, reader_client):
    does(reader_client, CELL, "watch")
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.send], why="First.")
    seen = look(reader_client, DIGEST).context["negotiation"].revision
    record(talks, talks.germany, talks.force, by=analyst, code="neutral", evidence=[talks.send], why="Second.")
    does(reader_client, DIGEST, "read", revision=seen)
    said = words(look(reader_client, DIGEST))
    assert "Opposes → Neutral" in said and "Second." in said and "First." not in said
    does(reader_client, DIGEST, "read", revision=seen - 1)
    does(reader_client, DIGEST, "read", revision=999_999_999)
    assert DigestMark.objects.get().read == talks.workspace(analyst).revision, "no more than there is"


def test_watching_twice_is_watching_once_and_it_ends(talks, reader, reader_client):
    for _ in range(2):
        assert does(reader_client, CELL, "watch") == 302
    assert Watch.objects.count() == 1
    assert "You watch it" in words(look(reader_client, CELL))
    for _ in range(2):
        assert does(reader_client, CELL, "unwatch") == 302
    assert not Watch.objects.exists()
    assert not Change.objects.filter(by=reader).exists(), "it is no part of the record"


def test_overlapping_watches_tell_a_cell_once(talks, analyst, reader_client):
    for address in (CELL, PARTY, PRIORITY):
        does(reader_client, address, "watch")
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.send])
    assert "1 cell that you watch" in words(look(reader_client, DIGEST))


def test_a_digest_of_much_asks_no_more(talks, analyst, reader_client):
    does(reader_client, PRIORITY, "watch")
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.send])
    few = questions(reader_client, DIGEST)
    record(talks, talks.russia, talks.force, by=analyst, code="opposes", evidence=[talks.send])
    record(talks, talks.france, talks.force, by=analyst, code="opposes", evidence=[talks.send])
    assert questions(reader_client, DIGEST) == few


# --- by e-mail -----------------------------------------------------------------------------------------------


@pytest.fixture
def mailed(talks, reader_client, analyst):
    """Rita has the digest by e-mail, and something is new for her."""
    does(reader_client, CELL, "watch")
    does(reader_client, DIGEST, "mail")
    why = "Said <b>no</b> & left."
    record(talks, talks.germany, talks.force, by=analyst, code="opposes", evidence=[talks.send], why=why)


def test_who_asked_for_it_gets_the_digest_once(mailed, reader):
    call_command("send_digests", verbosity=0)
    call_command("send_digests", verbosity=0)
    [sent] = mail.outbox
    assert sent.to == [reader.email] and sent.subject == "Parley: what is new in Paris talks"
    assert "Germany × 2 Deploy a force: Supports → Opposes" in sent.body
    assert "Said <b>no</b> & left. (Anna Analyst" in sent.body, "plain text is not escaped"
    assert "http://127.0.0.1:8000/n/paris/positions/germany/2/" in sent.body


@pytest.mark.parametrize("why", ["no more wanted", "read already", "no member now", "account off", "no address"])
def test_nothing_is_sent(why, mailed, talks, reader, reader_client, analyst):
    if why == "no more wanted":
        does(reader_client, DIGEST, "no-mail")
    elif why == "read already":
        does(reader_client, DIGEST, "read", revision=talks.workspace(analyst).revision)
    elif why == "no member now":
        reader.memberships.all().delete()
    elif why == "account off":
        reader.is_active = False
        reader.save()
    else:
        reader.email = ""
        reader.save()
    call_command("send_digests", verbosity=0)
    assert mail.outbox == []


def test_who_asks_for_mail_without_an_address_is_told_what_is_missing(talks, reader, reader_client):
    reader.email = ""
    reader.save()
    does(reader_client, CELL, "watch")
    does(reader_client, DIGEST, "mail")
    said = look(reader_client, DIGEST).content.decode()
    assert "The digest comes by e-mail, once your account has an address." in said


def test_what_could_not_be_sent_is_named_and_sent_the_next_time(mailed, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("no server")))
        with pytest.raises(CommandError, match="rita: no server"):
            call_command("send_digests", verbosity=0)
    call_command("send_digests", verbosity=0)
    assert len(mail.outbox) == 1


def test_the_mail_server_is_read_from_one_address():
    read = mail_settings.read("smtp+tls://anna:p%40ss@mail.example.org")
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("anna", "p@ss")
    assert mail_settings.read("")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    for wrong in ("mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"):
        with pytest.raises(Trouble, match="PARLEY_MAIL must be"):
            mail_settings.read(wrong)


# --- work ------------------------------------------------------------------------------------------------------


def test_an_analyst_gives_a_cell_to_a_colleague_who_finds_it_and_ticks_it_off(
    talks, analyst_client, colleague, signed_in_as, client
):
    due = talks.negotiation and talks.workspace(colleague).today() + timedelta(days=3)
    assert give(analyst_client, analyst=colleague.pk, due=due.isoformat(), note="Before the call.").status_code == 302
    assert "Anton Analyst, by" in words(look(analyst_client, CELL))
    assert "Nothing was given" in words(look(analyst_client, WORK))
    assert "Anton Analyst" in words(look(analyst_client, WORK, of="all"))
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    page = look(client, WORK)
    assert "Look after the cell: Germany × 2 Deploy a force" in words(page) and "Before the call." in words(page)
    assert "/n/paris/positions/germany/2/" in links(page)
    work = Assignment.objects.get()
    for _ in range(2):
        client.post(WORK, {"done": work.pk})
    assert "Nothing was given" in words(look(client, WORK)) and "Done last (1)" in words(look(client, WORK))
    client.post(WORK, {"again": work.pk})
    assert "1 thing is open for you" in words(look(client, WORK))


def test_given_again_it_is_one_thing_with_the_new_day(talks, analyst, analyst_client):
    day = talks.workspace(analyst).today()
    give(analyst_client, analyst=analyst.pk, due=day.isoformat())
    give(analyst_client, analyst=analyst.pk, note="No hurry.")
    [work] = Assignment.objects.all()
    assert work.due is None and work.note == "No hurry."


def test_what_needs_no_more_work_says_so(talks, analyst, analyst_client):
    """Russia's cell waits to be re-checked, Germany's does not."""
    give(analyst_client, "/n/paris/positions/russia/2/work", task="recheck", analyst=analyst.pk)
    give(analyst_client, task="recheck", analyst=analyst.pk)
    said = words(look(analyst_client, WORK))
    assert said.count("There is nothing left to re-check.") == 1
    asked = make.QuestionFactory(negotiation=talks.negotiation, slug="who-pays", text="Who pays?")
    address = "/n/paris/questions/who-pays/work"
    assert give(analyst_client, address, task="question", analyst=analyst.pk).status_code == 302
    assert "Find the answer: Who pays?" in words(look(analyst_client, WORK))
    asked.state = "dropped"
    asked.save()
    assert "The question is dropped." in words(look(analyst_client, WORK))


def test_overdue_work_stands_first_and_says_so(talks, analyst, analyst_client):
    day = talks.workspace(analyst).today()
    give(analyst_client, analyst=analyst.pk, due=(day + timedelta(days=1)).isoformat())
    give(analyst_client, "/n/paris/positions/france/1/work", analyst=analyst.pk)
    Assignment.objects.filter(due__isnull=True).update(due=day - timedelta(days=1))
    said = words(look(analyst_client, WORK))
    assert said.index("France × 1") < said.index("(overdue)") < said.index("Germany × 2")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"analyst": ""}, "Choose an analyst of this negotiation."),
        ({"analyst": "999999"}, "Select a valid choice"),
        ({"task": "question"}, "Select a valid choice"),
        ({"due": "2020-01-01"}, "That day is past"),
        ({"due": "31.4."}, "Write the day like 2026-01-06."),
        ({"note": "x" * 501}, "at most 500 characters"),
        ({"note": "a\x07b"}, "control character"),
    ],
)
def test_what_can_not_be_given_is_said_and_kept(sent, sentence, talks, analyst, analyst_client):
    answer = give(analyst_client, **({"analyst": analyst.pk, "note": "Look."} | sent))
    assert answer.status_code == 422 and sentence in words(answer) and "It was not given." in words(answer)
    assert not Assignment.objects.exists()


def test_what_one_began_to_type_is_listed_for_oneself_alone(talks, analyst, analyst_client, curator_client):
    cell = talks.cell(talks.germany, talks.force)
    make.DraftFactory(position=cell, owner=analyst)
    page = look(analyst_client, WORK)
    assert "Begun and not recorded" in words(page) and any(
        link.startswith("/n/paris/positions/germany/2/edit?draft=") for link in links(page)
    )
    assert "Begun" not in words(look(curator_client, WORK)) + words(look(analyst_client, WORK, of="all"))


def test_who_is_called_in_a_comment_finds_it_in_their_work(talks, analyst, analyst_client, curator_client):
    cell = talks.cell(talks.germany, talks.force)
    comment(talks.workspace(analyst), cell.pk, "@clara, is that so?", by=analyst)
    page = look(curator_client, WORK)
    assert "Where I am called" in words(page) and "Anna Analyst" in words(page) and "is that so?" in words(page)
    assert "/n/paris/positions/germany/2/comments" in " ".join(links(page))
    assert "Where I am called" not in words(look(analyst_client, WORK))


def test_a_reader_has_no_work_and_gives_none(talks, reader, reader_client, analyst):
    assert "Give it" not in words(look(reader_client, CELL))
    assert give(reader_client, analyst=analyst.pk).status_code == 403
    assert give(reader_client, PARTY, analyst=analyst.pk).status_code == 403


def test_a_party_is_not_given(talks, analyst, analyst_client):
    assert give(analyst_client, PARTY, analyst=analyst.pk).status_code == 422
    assert not Assignment.objects.exists()


def test_work_of_another_negotiation_is_not_there(talks, analyst_client):
    other = make.AssignmentFactory()
    assert analyst_client.post(WORK, {"done": other.pk}).status_code == 404
    assert analyst_client.post(WORK, {"done": "x"}).status_code == 400
