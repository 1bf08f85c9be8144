"""Analysts talk about a cell: they call each other by name, answer, resolve, and open again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import comment_acts as acts
from negotiations.domain.changes import KeyReused
from negotiations.domain.comments import get_talk, list_threads, of_cell, open_mentions
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Comment, CommentMention, CommentResolution
from negotiations.models.negotiations import Role
from negotiations.texts.mentioning import names_in, stretches
from tests import factories as make
from tests.domain.test_undoing import newest, stopped_by, undo
from tests.sql import at_once, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell(world):
    return world.cell(world.france, world.force)


@pytest.fixture
def say(world, cell):
    def send(user, text, **told):
        acts.comment(world.workspace(user), cell.pk, text, by=user, **told)
        return Comment.objects.latest("pk")

    return send


def mentions(world, user):
    return open_mentions(world.workspace(user), by=user)


def threads(world, user, cell):
    return of_cell(world.workspace(user), cell.pk, by=user)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@anna, is that so?", ["anna"]),
        ("Ask @anna.b-c and @Anton. Or @anna.b-c", ["anna.b-c", "Anton"]),
        ("Write to anna@example.org (@clara)", ["clara"]),
        ("@ nobody, @@anna, @", []),
        ("@Олена @müller+1", ["Олена", "müller+1"]),
    ],
)
def test_a_name_is_called_with_an_at(text, names):
    assert names_in(text) == names
    assert "".join(part.text for part in stretches(text)) == text
    assert {part.text for part in stretches(text) if part.is_name} == {f"@{name}" for name in names}


def test_a_colleague_is_mentioned_answers_and_the_thread_is_resolved(world, cell, say, analyst, second_analyst):
    first = say(analyst, " @anton, does page 3 still say so?\n")
    [mention] = mentions(world, second_analyst)
    assert (mention.party.slug, mention.priority.number) == ("france", 2)
    assert (mention.said.text, mention.said.by) == ("@anton, does page 3 still say so?", "Anna Analyst")
    say(second_analyst, "It does.", thread=first.pk)
    acts.resolve(world.workspace(second_analyst), cell.pk, first.pk, by=second_analyst)
    [thread] = threads(world, analyst, cell)
    assert [answer.text for answer in thread.answers] == ["It does."]
    assert (thread.is_resolved, thread.turns[0].by, thread.first.is_mine) == (True, "Anton Analyst", True)
    assert mentions(world, second_analyst) == mentions(world, analyst) == []
    acts.reopen(world.workspace(analyst), cell.pk, first.pk, by=analyst)
    [thread] = threads(world, analyst, cell)
    assert (thread.is_resolved, [turn.resolved for turn in thread.turns]) == (False, [True, False])
    assert len(mentions(world, second_analyst)) == 1


def test_what_was_said_and_that_it_is_settled_can_be_taken_back(world, cell, say, analyst, second_analyst):
    first = say(analyst, "@anton, is that so?")
    answer = say(second_analyst, "No.", thread=first.pk)
    acts.resolve(world.workspace(analyst), cell.pk, first.pk, by=analyst)
    resolved = newest(world)
    assert stopped_by(first.revision, analyst) == [
        "Somebody answered in this thread since.", "The thread was resolved since.",
    ]  # fmt: skip
    undid = undo(world, resolved, analyst)
    [thread] = threads(world, analyst, cell)
    assert not thread.is_resolved and thread.turns == ()
    undo(world, answer.revision, analyst)
    [thread] = threads(world, analyst, cell)
    assert [(said.text, said.taken_back) for said in thread.answers] == [("No.", True)], "its words can still be read"
    assert len(mentions(world, second_analyst)) == 1
    out = undo(world, first.revision, analyst)
    [thread] = threads(world, analyst, cell)
    assert thread.is_taken_back and mentions(world, second_analyst) == []
    assert list_threads("paris", by=analyst).counts == {"open": 0, "mentions": 0, "resolved": 1}
    with pytest.raises(Forbidden, match="taken back"):
        say(second_analyst, "Yes.", thread=first.pk)
    assert stopped_by(undid, analyst) == ["What this thread began with was taken back."]
    undo(world, out, analyst)
    undo(world, undid, analyst)
    [thread] = threads(world, analyst, cell)
    assert thread.is_resolved and not thread.is_taken_back


def test_each_act_has_its_place_in_the_log_which_does_not_tell_what_was_said(world, cell, say, analyst):
    first = say(analyst, "Behind the door.")
    acts.resolve(world.workspace(analyst), cell.pk, first.pk, by=analyst)
    acts.reopen(world.workspace(analyst), cell.pk, first.pk, by=analyst)
    told = Change.objects.filter(negotiation=world.negotiation).order_by("-revision")[:3]
    assert [(change.verb, change.what, change.why) for change in told] == [
        ("opened again", "a thread on France × 2", ""),
        ("resolved", "a thread on France × 2", ""),
        ("commented on", "France × 2", ""),
    ]


def test_comments_are_for_analysts_also_where_everybody_may_look(world, cell, say, analyst, reader, nobody, outsider):
    say(analyst, "Between us.")
    type(world.negotiation).objects.update(visibility="public")
    for who in (reader, nobody, outsider):
        assert threads(world, who, cell) == ()
        for ask in (list_threads, lambda slug, by: get_talk(slug, "france", 2, by=by)):
            with pytest.raises(Forbidden):
                ask("paris", by=who)
        with pytest.raises(Forbidden):
            say(who, "Me too.")


@pytest.mark.parametrize("name", ["nobody-at-all", "rita", "olga", "dora"])
def test_who_may_not_read_comments_is_not_mentioned_and_not_told_apart(
    name, say, analyst, reader, outsider, deactivated
):
    """A reader, an outsider and one who is gone are answered like a name that nobody has."""
    with pytest.raises(Invalid, match=f"Nobody who may read comments here is called @{name}. Check the name"):
        say(analyst, f"Ask @{name}.")
    assert not Comment.objects.exists()


def test_names_are_found_in_any_case_and_administrators_too(say, analyst, curator, administrator):
    comment = say(analyst, "@CLARA @ada @clara, look.")
    assert set(comment.mentions.values_list("user__username", flat=True)) == {"clara", "ada"}


def test_who_lost_access_is_no_longer_told_of_mentions(world, say, analyst, second_analyst):
    say(analyst, "@anton, look.")
    second_analyst.memberships.update(role=Role.READER)
    assert mentions(world, second_analyst) == []


@pytest.mark.parametrize(
    ("text", "told"), [(" \n", "Write what"), ("a\x00b", "can't be stored"), ("x" * 5_001, "at most 5000 characters")]
)
def test_what_can_be_no_comment_is_refused(text, told, say, analyst):
    with pytest.raises(Invalid, match=told):
        say(analyst, text)


def test_a_resolved_thread_takes_no_answer_until_it_is_opened_again(world, cell, say, analyst, curator):
    first = say(analyst, "Well?")
    turn = {"workspace": world.workspace(curator), "position": cell.pk, "thread": first.pk, "by": curator}
    with pytest.raises(Invalid, match="open already"):
        acts.reopen(**turn)
    acts.resolve(**turn)
    with pytest.raises(Invalid, match="resolved already"):
        acts.resolve(**turn)
    with pytest.raises(Invalid, match="Open it again to answer"):
        say(analyst, "One more thing.", thread=first.pk)
    acts.reopen(**turn)
    say(analyst, "One more thing.", thread=first.pk)


def test_a_thread_is_answered_on_its_own_cell(world, cell, say, analyst):
    first = say(analyst, "Well?")
    answer = say(analyst, "Yes.", thread=first.pk)
    elsewhere = world.cell(world.germany, world.force).pk
    workspace = world.workspace(analyst)
    for thread, position in [(first.pk, elsewhere), (answer.pk, cell.pk), (make.CommentFactory().pk, cell.pk)]:
        with pytest.raises(Hidden):
            acts.comment(workspace, position, "Here?", by=analyst, thread=thread)
        with pytest.raises(Hidden):
            acts.resolve(workspace, position, thread, by=analyst)
    with refused("the first of a thread on its own cell"):
        make.CommentFactory(position=world.cell(world.germany, world.force), thread=first)
    with refused("the first of a thread on its own cell"):
        make.CommentFactory(position=cell, thread=answer)
    with refused("resolved as a whole"):
        make.CommentResolutionFactory(comment=answer)


def test_what_is_sent_twice_is_said_once(world, cell, say, analyst):
    key = uuid4()
    say(analyst, "Once.", key=key)
    assert acts.comment(world.workspace(analyst), cell.pk, "Once.", by=analyst, key=key)
    with pytest.raises(KeyReused):
        say(analyst, "Twice.", key=key)
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_resolve_at_once_do_it_once(world, cell, say, analyst, second_analyst):
    first = say(analyst, "Well?")

    def resolve(user):
        return lambda: acts.resolve(world.workspace(user), cell.pk, first.pk, by=user)

    answers = at_once(resolve(analyst), resolve(second_analyst))
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "bool"]
    assert CommentResolution.objects.count() == 1


def test_the_list_has_open_threads_those_that_mention_me_and_the_resolved(world, cell, say, analyst, curator):
    asked, done = say(analyst, "Well?"), say(analyst, "Done?")
    say(analyst, "@clara knows.", thread=asked.pk)
    acts.resolve(world.workspace(analyst), cell.pk, done.pk, by=analyst)
    found = {which: list_threads("paris", by=curator, which=which) for which in ("open", "mentions", "resolved", "x")}
    assert [[thread.id for thread in each.threads] for each in found.values()] == [
        [asked.pk],
        [asked.pk],
        [done.pk],
        [asked.pk],
    ]
    assert dict(found["open"].counts) == {"open": 1, "mentions": 1, "resolved": 1}
    assert CommentMention.objects.count() == 1
