"""Who may see and do what: one table, asked through every function that decides it."""

from __future__ import annotations

import pytest

from negotiations.domain.negotiations import get_workspace, open_negotiation
from negotiations.domain.permissions import (
    Act,
    Forbidden,
    Hidden,
    allowing,
    highest_act,
    is_administrator,
    may_curate_something,
    visible,
)
from negotiations.models import Negotiation
from tests import factories
from tests.people import PEOPLE

NOTHING, VIEW, EDIT, CURATE, ALL = 0, Act.VIEW, Act.EDIT, Act.CURATE, Act.ADMINISTER
VISIBILITIES = ["public", "signed_in", "members"]

# What each may do at most in a negotiation of each visibility, in the order above.
TABLE = {
    "nobody": [VIEW, NOTHING, NOTHING],
    "outsider": [VIEW, VIEW, NOTHING],
    "reader": [VIEW, VIEW, VIEW],
    "analyst": [EDIT, EDIT, EDIT],
    "curator": [CURATE, CURATE, CURATE],
    "administrator": [ALL, ALL, ALL],
    "deactivated": [VIEW, NOTHING, NOTHING],  # as nobody, though a curator once
}
EACH = pytest.mark.parametrize(
    ("who", "visibility", "most"),
    [(who, visibility, most) for who in PEOPLE for visibility, most in zip(VISIBILITIES, TABLE[who], strict=True)],
)


@pytest.fixture
def asked(request, negotiation):
    """The negotiation with a visibility, and the user who asks."""

    def ask(who, visibility):
        Negotiation.objects.filter(pk=negotiation.pk).update(visibility=visibility)
        return request.getfixturevalue(who)

    return ask


@pytest.mark.django_db
@EACH
def test_all_functions_follow_the_table(who, visibility, most, asked, negotiation):
    user = asked(who, visibility)
    factories.NegotiationFactory(visibility="members")  # another one, of which only administrators know

    def slugs(found):
        return [each.slug for each in found if each.slug == negotiation.slug]

    assert bool(slugs(visible(user))) == (most >= VIEW)
    assert visible(user).count() == (2 if most == ALL else min(most, 1))
    for act in Act:
        assert bool(slugs(allowing(user, act))) == (most >= act), act
        if most >= act:
            assert get_workspace(negotiation.slug, by=user, to=act).act == most
        else:
            with pytest.raises(Forbidden if most else Hidden):
                get_workspace(negotiation.slug, by=user, to=act)
    if most:
        assert highest_act(user, visible(user).get(pk=negotiation.pk)) == most
    assert may_curate_something(user) == (most >= CURATE)
    assert is_administrator(user) == (most == ALL)


@pytest.mark.django_db
def test_what_is_hidden_and_what_is_not_there_answer_the_same(negotiation, outsider):
    for slug in [negotiation.slug, "nowhere"]:
        with pytest.raises(Hidden) as told:
            get_workspace(slug, by=outsider)
        assert str(told.value).replace(slug, "…") == "There is no negotiation '…', or it is not open to you."


@pytest.mark.django_db
def test_a_role_counts_in_its_own_negotiation_only(negotiation, curator):
    other = factories.NegotiationFactory(visibility="signed_in")
    assert get_workspace(other.slug, by=curator).act == VIEW
    with pytest.raises(Forbidden):
        get_workspace(other.slug, by=curator, to=EDIT)
    assert list(allowing(curator, CURATE)) == [negotiation]


@pytest.mark.django_db
def test_a_deactivated_administrator_is_nobody(negotiation):
    gone = factories.UserFactory(is_superuser=True, is_active=False)
    with pytest.raises(Hidden):
        get_workspace(negotiation.slug, by=gone)
    assert not is_administrator(gone)


@pytest.mark.django_db
def test_staff_is_no_role(negotiation):
    with pytest.raises(Hidden):
        get_workspace(negotiation.slug, by=factories.UserFactory(is_staff=True))


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "administrator"])
def test_only_administrators_open_negotiations(who, request):
    with pytest.raises(Forbidden):
        open_negotiation(by=request.getfixturevalue(who), slug="new", name="New", why="For peace.")
    assert not Negotiation.objects.filter(slug="new").exists()


@pytest.mark.django_db
def test_an_administrator_opens_one_and_the_log_says_so(administrator):
    opened = open_negotiation(by=administrator, slug="new", name="New", why="For peace.")
    change = opened.changes.get()
    assert (change.revision, change.by, change.verb, change.why) == (1, administrator, "opened", "For peace.")
    assert get_workspace("new", by=administrator).revision == 1
