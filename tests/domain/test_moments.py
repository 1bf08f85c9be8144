"""Reading the dials of an address: the day of the world, and what of the record counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest

from negotiations.domain import moments
from negotiations.domain.asking import Unanswerable
from negotiations.domain.negotiations import get_workspace
from negotiations.models import Negotiation
from tests import factories as make

TODAY = date(2026, 1, 20)


@pytest.fixture
def workspace(db):
    """Talks in a zone an hour east of Greenwich. Revision 1 is of the 5th, 2 and 3 of the evening of the 8th there."""
    with make.recorded_at(datetime(2026, 1, 5, 12, tzinfo=UTC)):
        talks = make.NegotiationFactory(slug="paris", time_zone="Europe/Paris", visibility="public")
    for instant in (
        datetime(2026, 1, 8, 22, 30, 20, tzinfo=UTC),
        datetime(2026, 1, 8, 22, 59, tzinfo=UTC),
        datetime(2026, 1, 8, 23, 0, tzinfo=UTC),  # in Paris the 9th has begun
    ):
        with make.recorded_at(instant):
            make.ChangeFactory(negotiation=talks)
    return get_workspace("paris", by=make.UserFactory())


def read(workspace, **asked):
    return moments.read_moment(workspace, asked.get, today=TODAY)


def test_an_address_that_asks_for_nothing_means_now(workspace):
    moment = read(workspace)
    assert moment == moments.now(workspace, today=TODAY)
    assert (moment.as_of, moment.known_at, moment.public_by) == (TODAY, 4, None)
    assert not moment.is_past
    assert moment.query == ""


@pytest.mark.parametrize(
    ("known_at", "revision"),
    [
        ("0", 0),
        ("1", 1),
        ("4", 4),
        ("2026-01-04", 0),
        ("2026-01-05", 1),
        ("2026-01-07", 1),
        ("2026-01-08", 3),
        ("2026-01-09", 4),
        ("2026-01-20", 4),
        ("2026-01-05T12:59", 0),
        ("2026-01-05T13:00", 1),
        ("2026-01-08T23:30", 2),
        ("2026-01-08T23:30:19", 1),
        ("2026-01-08T23:30:20", 2),
        ("2026-01-08 23:59", 3),
        ("0001-01-02", 0),
    ],
)
def test_a_day_or_a_time_means_the_last_revision_by_its_end_in_the_negotiations_zone(known_at, revision, workspace):
    assert read(workspace, known_at=known_at).known_at == revision


def test_a_pinned_revision_says_when_it_was_recorded(workspace):
    assert read(workspace, known_at="2").recorded_at == datetime(2026, 1, 8, 22, 30, 20, tzinfo=UTC)
    for known_at in ("0", ""):
        assert read(workspace, known_at=known_at).recorded_at is None


@pytest.mark.parametrize(
    ("asked", "is_past", "dials"),
    [
        ({"as_of": "2026-01-20"}, False, {}),
        ({"known_at": "4"}, True, {"known_at": ["4"]}),
        ({"known_at": "2026-01-20"}, True, {"known_at": ["4"]}),
        ({"public_by": "2026-01-20"}, False, {}),
        ({"as_of": "2026-01-06"}, True, {"as_of": ["2026-01-06"]}),
        ({"known_at": "2026-01-08"}, True, {"known_at": ["3"]}),
        ({"public_by": "2026-01-08"}, True, {"public_by": ["2026-01-08"]}),
        (
            {"as_of": "2026-01-06", "known_at": "1"},
            True,
            {"as_of": ["2026-01-06"], "known_at": ["1"]},
        ),
        ({"day": "2026-01-06", "as_of": "2026-01-01"}, True, {"as_of": ["2026-01-06"]}),
        ({"known_day": "2026-01-05", "known_at": "3"}, True, {"known_at": ["1"]}),
    ],
)
def test_what_is_asked_for_is_carried_on_and_nothing_of_the_present_is(asked, is_past, dials, workspace):
    moment = read(workspace, **asked)
    assert moment.is_past is is_past
    assert parse_qs(moment.query.removeprefix("?")) == dials
    again = {name: values[0] for name, values in dials.items()}
    assert read(workspace, **again) == moment, "what is carried on asks for the same"


def test_a_pinned_address_shows_the_same_tomorrow_though_more_is_recorded(workspace):
    pinned = {name: values[0] for name, values in parse_qs(read(workspace).pinned.removeprefix("?")).items()}
    assert pinned == {"as_of": "2026-01-20", "known_at": "4"}
    make.ChangeFactory(negotiation=Negotiation.objects.get())
    later = get_workspace("paris", by=make.UserFactory())
    tomorrow = moments.read_moment(later, pinned.get, today=date(2026, 1, 21))
    assert (tomorrow.as_of, tomorrow.known_at, tomorrow.is_past) == (TODAY, 4, True)
    by_publication = read(workspace, as_of="2026-01-06", public_by="2026-01-08")
    assert by_publication.pinned == "?as_of=2026-01-06&public_by=2026-01-08"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"known_at": "5"}, "There is no revision 5 yet; the newest is 4."),
        ({"known_at": "9" * 18}, "the newest is 4"),
        ({"known_at": "9" * 19}, "a revision such as 12"),
        ({"known_at": "-1"}, "a revision such as 12"),
        ({"known_at": "\u0663"}, "a revision such as 12"),
        ({"known_at": "2026-02-30"}, "should read like"),
        ({"known_at": "2026-01-08T25:00"}, "a revision such as 12"),
        ({"known_at": "2026-01-08T12:00+01:00"}, "a revision such as 12"),
        ({"known_at": "0001-01-01T00:00"}, "a revision such as 12"),
        ({"known_at": "9999-12-31T23:59:59"}, "a revision such as 12"),
        ({"known_at": "2026-01-21"}, "has not come yet"),
        ({"known_at": "2999-01-08T12:00"}, "has not come yet"),
        ({"public_by": "2026-01-21"}, "has not come yet"),
        ({"public_by": "soon"}, "should read like"),
        ({"as_of": "2026-01-21"}, "has not come yet"),
        ({"known_at": "2", "public_by": "2026-01-08"}, "only one"),
    ],
)
def test_what_can_not_be_answered_says_why(asked, says, workspace):
    with pytest.raises(Unanswerable, match=says):
        read(workspace, **asked)


def test_where_the_clock_was_put_back_a_time_means_its_second_coming(db):
    with make.recorded_at(datetime(2025, 10, 26, 0, 30, tzinfo=UTC)):  # 02:30 in Paris
        talks = make.NegotiationFactory(slug="paris", time_zone="Europe/Paris", visibility="public")
    with make.recorded_at(datetime(2025, 10, 26, 1, 30, tzinfo=UTC)):  # 02:30 again
        make.ChangeFactory(negotiation=talks)
    workspace = get_workspace("paris", by=make.UserFactory())
    assert read(workspace, known_at="2025-10-26T02:30").known_at == 2


def test_only_a_named_time_costs_a_query(workspace, django_assert_num_queries):
    with django_assert_num_queries(0):
        read(workspace, as_of="2026-01-06", public_by="2026-01-08")
    with django_assert_num_queries(1):
        read(workspace, known_at="2026-01-08")
