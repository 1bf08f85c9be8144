"""What is exported can be loaded, and is then the same to the byte."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.domain import as_of, rechecks
from negotiations.domain.removals import present
from negotiations.exchange import dossier
from negotiations.models import (
    IN_HAND,
    Change,
    Contradiction,
    Negotiation,
    Original,
    Outlet,
    Position,
    Question,
    Removal,
    RowEdit,
    Source,
    Stance,
    User,
)
from negotiations.models.evidence import Evidence

from .dossiers import forget_everything, load, save, small, stance
from .rich import BYTES, TROUBLE, make_rich

EVERY_MODEL_OF_A_NEGOTIATION = 33
SAME = {"slug": "talks", "name": "Talks"}


def copies(talks: Negotiation) -> list[tuple[object, ...]]:
    rows = Position.objects.filter(negotiation=talks).order_by("party__slug", "priority__number")
    return list(
        rows.values_list(
            "party__slug", "priority__number", "version", "standing", "rechecks", "proposed", *as_of.COPIES
        )
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_an_export_loaded_into_an_empty_database_exports_to_the_same_bytes(tmp_path, format):
    talks = make_rich(tmp_path)
    before = dossier.export("talks", format)
    rechecks.refresh(talks.pk)  # the history was written by hand
    cells = copies(talks)
    assert any(row[4] for row in cells), "something is to be re-checked"
    revision = talks.changes.latest("revision").revision
    removals = sorted(Removal.objects.values_list("table", "since", "until"), key=str)
    assert len(removals) == 2 * 5, "of each kind one that is out, and one that is there again"
    forget_everything()
    load(tmp_path, small(negotiation={"slug": "other", "name": "Other"}))  # so that all ids are others
    loaded = dossier.load(save(tmp_path, before, f"talks.{format}"))

    assert dossier.export("talks", format) == before
    talks = Negotiation.objects.get(slug="talks")
    assert talks.revision == revision == loaded.changes, "the file's log is all of the log"
    assert copies(talks) == cells
    assert sorted(Removal.objects.values_list("table", "since", "until"), key=str) == removals
    assert [meeting.slug for meeting in present(talks.meetings.filter(slug__in=["out", "back"]))] == ["back"]
    assert Outlet.objects.get(negotiation=talks, slug="gazette").reliability == "D"
    assert Source.objects.get(negotiation=talks, slug="report").status == "retracted"
    assert Contradiction.objects.get(negotiation=talks, slug="how-many").state == "left_open"
    assert Question.objects.get(negotiation=talks, slug="when").state == "answered"
    assert bytes(Original.objects.get(negotiation=talks).content) == BYTES

    forget_everything()
    dossier.load(save(tmp_path, before, f"talks.{format}"))
    assert dossier.export("talks", format) == before, "and so ever after"


@pytest.mark.django_db(transaction=True)
def test_both_formats_say_the_same(tmp_path):
    make_rich(tmp_path)
    as_json, as_yaml = dossier.export("talks", "json"), dossier.export("talks", "yaml")
    forget_everything()
    dossier.load(save(tmp_path, as_yaml, "talks.yaml"))
    assert dossier.export("talks", "json") == as_json


@pytest.mark.django_db(transaction=True)
def test_the_rich_negotiation_has_something_of_everything(tmp_path):
    """A control: a round trip proves nothing of tables that are empty."""
    talks = make_rich(tmp_path)
    owned = [
        model
        for model in apps.get_app_config("negotiations").get_models()
        if any(field.name == "negotiation" for field in model._meta.fields) and model not in IN_HAND
    ]
    assert [model.__name__ for model in owned if not model.objects.filter(negotiation=talks).exists()] == []
    assert len(owned) >= EVERY_MODEL_OF_A_NEGOTIATION
    edits = RowEdit.objects.filter(change__negotiation=talks)
    assert {edit.table.removeprefix("negotiations_") for edit in edits} >= {
        "party",
        "person",
        "attendance",
        "membership",
        "beneficiary",
        "signature",
        "collectivemember",
        "source",
        "negotiation",
        "meeting",
        "instrument",
        "outlet",
        "question",
        "contradiction",
    }
    causes = set(Stance.objects.values_list("cause", flat=True))
    assert causes >= {"first", "moved", "learned", "corrected", "source", "withdrawn"}
    assert Evidence.objects.filter(source__isnull=False).exists()
    exported = dossier.export("talks", "json")
    assert all(json.dumps(text, ensure_ascii=False)[1:-1] in exported for text in TROUBLE)


@pytest.mark.django_db(transaction=True)
def test_the_log_names_rows_and_not_their_ids(tmp_path):
    make_rich(tmp_path)
    changes = json.loads(dossier.export("talks", "json"))["changes"]
    edits = [edit for change in changes for edit in change.get("edits", [])]
    assert {
        "table": "person",
        "row": "president",
        "before": {"party": "france"},
        "after": {"party": "germany"},
    } in edits
    assert {
        "table": "question",
        "row": "when",
        "before": {"position": None},
        "after": {"position": ["germany", 2]},
    } in edits
    taken_away = next(edit for edit in edits if edit["table"] == "attendance" and "after" not in edit)
    assert taken_away["row"] == ["summit", "france", "president"]
    assert taken_away["before"]["party"] == "france"
    assert not [edit for edit in edits for said in ("before", "after") if "id" in edit.get(said, {})]
    assert changes[-1]["what"] == "outside Parley"
    assert {change.get("by") for change in changes} == {"ada", "anna", None}


@pytest.mark.django_db(transaction=True)
def test_a_loaded_log_says_of_rows_what_it_said(tmp_path):
    """The translated ids are those of the rows that are here now."""
    make_rich(tmp_path)
    text = dossier.export("talks")
    forget_everything()
    load(tmp_path, small(negotiation={"slug": "other", "name": "Other"}))
    dossier.load(save(tmp_path, text, "talks.yaml"))
    edit = RowEdit.objects.get(table="negotiations_person", change__negotiation__slug="talks")
    talks = Negotiation.objects.get(slug="talks")
    here = {party.slug: party.pk for party in talks.parties.all()}
    assert edit.row == talks.people.get().pk
    assert (edit.before, edit.after) == ({"party_id": here["france"]}, {"party_id": here["germany"]})
    gone = RowEdit.objects.filter(table="negotiations_beneficiary", change__negotiation=talks).get()
    assert gone.row < 0, "a row that is no more has a number that no row will have"
    assert gone.before["id"] == gone.row
    assert gone.before["negotiation_id"] == talks.pk


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_not_there_is_made_and_nobody_can_sign_in_with_it(tmp_path):
    make_rich(tmp_path)
    text = dossier.export("talks")
    forget_everything()
    loaded = dossier.load(save(tmp_path, text, "talks.yaml"))
    assert loaded.accounts == ["ada", "anna"]
    for user in User.objects.all():
        assert not user.is_active
        assert not user.has_usable_password()
        assert not user.is_superuser
    assert User.objects.get(username="ada").name == "Ada Ångström"
    told = Change.objects.get(negotiation=None)
    assert (told.verb, told.what) == ("added", "accounts ada, anna")


@pytest.mark.django_db(transaction=True)
def test_loading_an_export_over_its_own_negotiation_adds_nothing(tmp_path):
    make_rich(tmp_path)
    before = dossier.export("talks")
    loaded = dossier.load(save(tmp_path, before, "talks.yaml"))
    assert loaded.nothing
    assert dossier.export("talks") == before


@pytest.mark.django_db(transaction=True)
def test_what_is_done_after_a_load_goes_on_from_the_log_that_came_along(tmp_path):
    make_rich(tmp_path)
    text = dossier.export("talks")
    forget_everything()
    dossier.load(save(tmp_path, text, "talks.yaml"))
    talks = Negotiation.objects.get(slug="talks")
    head = talks.revision
    poland = {"slug": "poland", "name": "Poland", "kind": "state"}
    loaded = load(tmp_path, {"format": "parley-dossier/1", "negotiation": SAME, "parties": [poland]})
    assert loaded.added == {"party": 1}
    talks.refresh_from_db()
    assert talks.revision == head + 1
    assert RowEdit.objects.get(change__revision=head + 1).after["slug"] == "poland"


@pytest.mark.django_db
def test_a_load_asks_the_database_the_same_number_of_questions_whatever_its_size(tmp_path):
    def questions(parties: int) -> int:
        many = small(negotiation={"slug": f"talks-{parties}", "name": "Talks"})
        many["parties"] += [{"slug": f"p-{n}", "name": f"P {n}", "kind": "state"} for n in range(parties)]
        moved = [stance(cause="moved", rationale=f"The {n}th time.") for n in range(parties)]
        many["positions"] += [{"party": f"p-{n}", "priority": 1, "stances": [stance(), *moved]} for n in range(parties)]
        path = save(tmp_path, many)
        with CaptureQueriesContext(connection) as asked:
            dossier.load(path)
        return len(asked)

    assert questions(2) == questions(20) <= 80


@pytest.mark.django_db
def test_an_export_asks_a_fixed_number_of_questions(tmp_path):
    load(tmp_path, small())
    with CaptureQueriesContext(connection) as asked:
        dossier.export("talks")
    assert len(asked) <= 46
