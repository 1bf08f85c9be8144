"""The first page: which negotiations there are, and what to do where there is none."""

from tests import factories as make
from tests.views.looking import links, look, questions, words


def test_a_reader_sees_what_the_negotiation_holds(world, reader_client):
    make.PriorityFactory(negotiation=world.negotiation, kind="linked", name="Territory")
    page = look(reader_client, "/")
    assert "Paris talks | 3 parties, 2 priorities, 1 source" in words(page)
    assert "/n/paris/" in links(page)
    assert "every judgement leads to words that somebody said" in words(page)


def test_what_is_for_members_is_hidden_from_others(world, nobody_client, outsider_client):
    make.NegotiationFactory(slug="open", name="Open talks", visibility="public")
    for client in (nobody_client, outsider_client):
        said = words(look(client, "/"))
        assert "Open talks" in said
        assert "Paris talks" not in said


def test_where_there_is_nothing_each_is_told_what_to_do(nobody_client, outsider_client, administrator_client):
    nobody = look(nobody_client, "/")
    assert "Sign in to see those that you work on." in words(nobody)
    assert "/accounts/sign-in/" in links(nobody)
    assert "Ask an administrator" in words(look(outsider_client, "/"))
    assert "load_dossier fixtures/paris-2026.yaml" in words(look(administrator_client, "/"))


def test_a_name_is_shown_as_it_was_written(nobody_client):
    make.NegotiationFactory(name="<script>alert(1)</script>", visibility="public")
    assert "<script>alert" not in look(nobody_client, "/").content.decode()


def test_it_asks_as_much_for_thirty_as_for_three(negotiation, reader_client):
    make.NegotiationFactory.create_batch(2, visibility="public")
    few = questions(reader_client, "/")
    make.NegotiationFactory.create_batch(27, visibility="public")
    assert questions(reader_client, "/") == few <= 4
