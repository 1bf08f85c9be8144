"""Analysts add meetings with who came, and edit them; readers do not."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from negotiations.domain import entries, records
from negotiations.models import Attendance, Change, Meeting, Party
from tests import factories as make
from tests.admin.pages import page_of, save
from tests.domain.test_undoing import newest, undo
from tests.pages import filled_in, read
from tests.views.cell_pages import errors
from tests.views.entry_pages import (
    NO_DAYS,
    NO_IDS,
    NO_NAMES,
    done,
    entry_form,
    last_act,
    opened,
    send,
    sent_again,
    typed,
)
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/meetings/"
ADD = LIST + "add"
SUMMIT = LIST + "summit/"
EDIT = SUMMIT + "edit"


@pytest.fixture
def summit(world):
    row = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    make.AttendanceFactory(meeting=row, party=world.france, person=world.president, note="host")
    make.AttendanceFactory(meeting=row, party=world.germany, level="minister")
    return row


def came(meeting):
    return {(a.party.slug, a.person and a.person.slug, a.status, a.level) for a in meeting.attendance.all()}


# --- adding ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_analyst_adds_a_meeting_with_who_came(world, analyst, analyst_client):
    assert ADD in links(look(analyst_client, LIST))
    response = send(
        analyst_client,
        ADD,
        name="Talks in Genève",
        kind="working",
        place="Geneva",
        starts_on="2026-01-12",
        precision="month",
        description="Behind <closed> doors.\r\nFor a day.",
        attendance__0__party=world.france.pk,
        attendance__0__person=world.president.pk,
        attendance__0__level="leader",
        attendance__2__party=world.russia.pk,
        attendance__2__status="expected",
        attendance__2__note="so the agency",
        why="The Gazette tells of it.",
    )
    assert done(response) == LIST + "talks-in-geneve/"
    meeting = Meeting.objects.get()
    assert (meeting.negotiation, meeting.starts_on, meeting.precision) == (
        world.negotiation,
        date(2026, 1, 31),
        "month",
    )
    assert meeting.description == "Behind <closed> doors.\nFor a day."
    assert came(meeting) == {
        ("france", "president", "attended", "leader"),
        ("russia", None, "expected", "unknown"),
    }
    shown = look(analyst_client, LIST + "talks-in-geneve/")
    assert "The meeting is added." in shown.content.decode()
    said = words(shown)
    assert "Russia | Expected; no word whether they came. So the agency" in said
    act, edits = last_act()
    assert (act.by, act.verb, act.what, act.why) == (
        analyst,
        "added",
        "meeting Talks in Genève",
        "The Gazette tells of it.",
    )
    assert [edit.table for edit in edits] == ["negotiations_meeting", *["negotiations_attendance"] * 2]
    assert all(edit.before is None for edit in edits)


def test_a_second_of_the_same_name_gets_an_address_of_its_own(world, summit, analyst_client):
    assert done(send(analyst_client, ADD, name="Summit", kind="summit")) == LIST + "summit-2/"
    assert done(send(analyst_client, ADD, name="Саміт", kind="summit")) == LIST + "samit/"
    assert done(send(analyst_client, ADD, name="☮", kind="summit")) == LIST + "meeting/"


def test_more_rows_keep_what_was_typed(world, analyst_client):
    for htmx in (False, True):
        response = send(
            analyst_client,
            ADD,
            htmx,
            act="more-attendance",
            name="Talks",
            starts_on="no day",
            attendance__1__party=world.russia.pk,
        )
        assert response.status_code == 200
        page = read(response)
        assert page.has("main") is not htmx
        sent = filled_in(page.find("form", "entry"))
        assert (sent["name"], sent["starts_on"], sent["attendance-TOTAL_FORMS"]) == (["Talks"], ["no day"], ["6"])
        assert sent["attendance-1-party"] == [str(world.russia.pk)]
        assert "attendance-5-party" in sent
        assert not errors(page), "nothing is judged yet"
    assert not Meeting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_form_sent_twice_adds_once(world, analyst_client):
    data = typed(opened(analyst_client, ADD), name="Talks", kind="call", attendance__0__party=world.russia.pk)
    first, second = analyst_client.post(ADD, data), analyst_client.post(ADD, data)
    assert first["Location"] == second["Location"] == LIST + "talks/"
    assert (Meeting.objects.count(), Attendance.objects.count()) == (1, 1)
    other = analyst_client.post(ADD, data | {"name": "Other talks"})
    assert other.status_code == 409
    assert "sent before with another content" in errors(read(other))
    assert done(sent_again(analyst_client, ADD, other)) == LIST + "other-talks/"


# --- editing ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_analyst_edits_a_meeting_and_who_came(world, summit, analyst, analyst_client):
    assert EDIT in links(look(analyst_client, SUMMIT))
    response = send(
        analyst_client,
        EDIT,
        name="Summit of the Coalition",
        ends_on="2026-01-07",
        attendance__0__DELETE="on",
        attendance__1__level="envoy",
        attendance__2__party=world.russia.pk,
        attendance__2__status="absent",
        why="The list of those who came is out.",
    )
    assert done(response) == SUMMIT
    summit.refresh_from_db()
    assert (summit.name, summit.slug, summit.ends_on) == ("Summit of the Coalition", "summit", date(2026, 1, 7))
    assert came(summit) == {("germany", None, "attended", "envoy"), ("russia", None, "absent", "unknown")}
    act, edits = last_act()
    assert (act.by, act.verb, act.what) == (analyst, "changed", "meeting Summit of the Coalition")
    assert {(edit.table.removeprefix("negotiations_"), bool(edit.before), bool(edit.after)) for edit in edits} == {
        ("meeting", True, True),
        ("attendance", True, True),
        ("attendance", True, False),
        ("attendance", False, True),
    }
    assert edits[0].before["name"] == "Paris summit"


def test_a_change_needs_a_reason_and_none_is_written_where_nothing_changed(world, summit, analyst_client):
    before = Change.objects.count()
    response = send(analyst_client, EDIT, place="Lyon")
    assert response.status_code == 422
    assert "Say why you change this." in errors(read(response))
    assert filled_in(entry_form(response))["place"] == ["Lyon"]
    response = analyst_client.post(EDIT, typed(opened(analyst_client, EDIT), why="I only looked."), follow=True)
    assert "Nothing was changed in “Paris summit”." in response.content.decode()
    assert Change.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_an_edit_sent_twice_is_no_conflict_with_itself(world, summit, analyst_client):
    data = typed(opened(analyst_client, EDIT), place="Lyon", why="Moved.")
    before = Change.objects.count()
    assert [analyst_client.post(EDIT, data).status_code for _ in range(2)] == [302, 302]
    assert Change.objects.count() == before + 1


# --- two at once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_saves_second_sees_both_and_loses_nothing(world, summit, analyst_client, second_analyst_client):
    mine = opened(analyst_client, EDIT)
    send(
        second_analyst_client,
        EDIT,
        name="Summit in Paris",
        place="Élysée",
        description="For one day.",
        attendance__0__DELETE="on",
        attendance__2__party=world.russia.pk,
        why="Read the report.",
    )
    response = analyst_client.post(
        EDIT,
        typed(mine, name="The Paris summit", kind="working", attendance__1__note="late", why="As it is called."),
    )
    assert response.status_code == 409
    page = read(response)
    told = errors(page)
    assert "Anton Analyst changed this while you had it open." in told
    assert "(“Read the report.”)" in told
    lines = page.find("table", "meanwhile").all("tr")[1:]
    rows = {line.find("th").text: [cell.text for cell in line.all("td")] for line in lines}
    assert rows["Name"] == ["Paris summit", "Summit in Paris", "The Paris summit Take what stands now"]
    assert rows["Place"] == ["Paris", "Élysée", "as it stands now"]
    assert rows["Description"] == ["nothing", "For one day.", "as it stands now"]
    before, now, yours = rows["Attendance"]
    assert "France, The President" in before and "France" not in now and "Russia" in now
    assert "Germany, Attended, Minister, late" in yours
    sent = filled_in(page.find("form", "entry"))
    assert (sent["name"], sent["place"], sent["kind"]) == (["The Paris summit"], ["Élysée"], ["working"])
    summit.refresh_from_db()
    assert summit.name == "Summit in Paris", "nothing is written yet"
    assert done(sent_again(analyst_client, EDIT, response)) == SUMMIT
    summit.refresh_from_db()
    assert (summit.name, summit.place, summit.kind, summit.description) == (
        "The Paris summit", "Élysée", "working", "For one day.",
    )  # fmt: skip
    assert {(a.party.slug, a.note) for a in summit.attendance.all()} == {("germany", "late"), ("russia", "")}
    assert last_act()[0].why == "As it is called."


@pytest.mark.django_db(transaction=True)
def test_what_stands_now_can_be_taken_field_by_field(world, summit, analyst_client, second_analyst_client):
    mine = opened(analyst_client, EDIT)
    send(
        second_analyst_client,
        EDIT,
        name="Summit in Paris",
        attendance__0__note="co-host",
        place="Élysée",
        why="So it is.",
    )
    conflict = analyst_client.post(
        EDIT, typed(mine, name="Mine", place="Lyon", attendance__0__note="hosted", why="Mine.")
    )
    for name in ("name", "attendance"):
        conflict = sent_again(analyst_client, EDIT, conflict, act=f"take-{name}")
        assert conflict.status_code == 200
    assert "Place | Paris | Élysée | Lyon" in words(conflict).replace(" Take what stands now", "")
    sent_again(analyst_client, EDIT, conflict)
    summit.refresh_from_db()
    assert (summit.name, summit.place) == ("Summit in Paris", "Lyon")
    assert {a.note for a in summit.attendance.all()} == {"co-host", ""}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_a_colleague_took_out_comes_back_only_if_it_was_typed_in(
    world, summit, analyst_client, second_analyst_client
):
    mine = opened(analyst_client, EDIT)
    send(second_analyst_client, EDIT, attendance__0__DELETE="on", attendance__1__DELETE="on", why="Nobody came.")
    conflict = analyst_client.post(EDIT, typed(mine, attendance__1__note="I saw them", why="I saw them."))
    assert conflict.status_code == 409
    assert sent_again(analyst_client, EDIT, conflict).status_code == 302
    assert {(a.party.slug, a.note) for a in summit.attendance.all()} == {("germany", "I saw them")}


def test_without_the_version_that_stands_nothing_is_saved(world, summit, analyst_client):
    form = typed(opened(analyst_client, EDIT), place="Lyon", why="Moved.")
    for version in ("", "0", "-1", "f" * 16, "f" * 16 + "-" + "f" * 16):
        response = analyst_client.post(EDIT, form | {"version": version})
        assert response.status_code == (409 if version else 422)
        assert filled_in(entry_form(response))["place"] == ["Lyon"]
    summit.refresh_from_db()
    assert summit.place == "Paris"


@pytest.mark.django_db(transaction=True)
def test_what_a_curator_saves_meanwhile_is_a_conflict_too(world, summit, analyst_client, curator_client):
    mine = opened(analyst_client, EDIT)
    save(curator_client, page_of(summit), place="Geneva", why="Moved.")
    response = analyst_client.post(EDIT, typed(mine, name="Mine", why="Mine."))
    assert response.status_code == 409
    assert "Clara Curator changed this" in errors(read(response))
    assert filled_in(entry_form(response))["place"] == ["Geneva"]


@pytest.mark.django_db(transaction=True)
def test_the_revision_that_a_form_names_is_that_of_what_it_shows(world, summit, analyst, analyst_client):
    """A colleague saves between two questions of the page that opens the form."""
    before = world.workspace(analyst).revision
    waiting = [Thread(target=lambda: Meeting.objects.filter(pk=summit.pk).update(place="Nice") and connection.close())]

    def between(execute, sql, *asked):
        if 'FROM "negotiations_meeting"' in sql and waiting:
            colleague = waiting.pop()
            colleague.start()
            colleague.join()
        return execute(sql, *asked)

    with connection.execute_wrapper(between):
        form = opened(analyst_client, EDIT)
    assert world.workspace(analyst).revision == before + 1
    assert (form["place"], form["read_at"]) == (["Paris"], [str(before)])
    assert opened(analyst_client, EDIT)["place"] == ["Nice"]


@pytest.mark.django_db(transaction=True)
def test_who_changed_the_password_elsewhere_is_led_to_sign_in(world, summit, analyst, analyst_client):
    analyst.set_password("Another one, 4 words")
    analyst.save()
    assert analyst_client.get(EDIT).status_code in (302, 404)


# --- what is refused -------------------------------------------------------------------------------------

WRONG = [
    *(({"name": name}, "name") for name in NO_NAMES),
    *(({"starts_on": day}, "starts_on") for day in NO_DAYS),
    ({"kind": "party"}, "kind"),
    ({"precision": "never"}, "precision"),
    ({"place": "a\x07"}, "place"),
    ({"description": "x" * 20_001}, "description"),
    ({"why": "x" * 2001}, "why"),
    ({"ends_on": "2026-01-05"}, "A meeting can't end before it starts."),
    *(({"attendance__0__party": wrong}, "attendance-0-party") for wrong in NO_IDS),
    ({"attendance__0__status": "absent", "attendance__0__note": "?"}, "attendance-0-party"),
    ({"attendance__TOTAL_FORMS": "999999"}, "more rows than one table takes"),
    ({"attendance__TOTAL_FORMS": ""}, "Load the page again"),
    ({"attendance__INITIAL_FORMS": "1e9"}, "Load the page again"),
]


def test_what_can_not_be_is_told_at_its_place_and_kept(world, analyst_client):
    before = Change.objects.count()
    right = {"name": "Talks <b>", "kind": "call", "starts_on": "2026-01-06"}
    form = opened(analyst_client, ADD)
    for wrong, place in WRONG:
        response = analyst_client.post(ADD, typed(form, **(right | wrong)))
        assert response.status_code == 422, wrong
        page = read(response)
        if " " in place:
            assert place in errors(page)
        else:
            assert page.has("a", href=f"#id_{place}"), (wrong, errors(page))
            assert page.find("ul", "errorlist", id=f"id_{place}_error").text
        sent = filled_in(page.find("form", "entry"))
        assert all(sent[name] == [value] for name, value in right.items() if name not in wrong)
        if place in ("name", "starts_on", "description", "why"):
            assert sent[place] == list(wrong.values())
    assert (Meeting.objects.count(), Change.objects.count()) == (0, before)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_out_while_a_form_is_open_is_told_at_its_place_and_nothing_typed_is_lost(
    world, analyst, curator, analyst_client, monkeypatch
):
    latvia = Party(slug="latvia", name="Latvia", order=9, negotiation=world.negotiation)
    records.save(latvia, by=curator)
    its = newest(world)
    late = {"name": "Talks in Riga", "kind": "call", "attendance__0__party": latvia.pk}
    form, write = opened(analyst_client, ADD), entries.add

    def after_an_undo(*what, **how):
        undo(world, its, curator)
        return write(*what, **how)

    monkeypatch.setattr(entries, "add", after_an_undo)
    response = analyst_client.post(ADD, typed(form, **late))
    monkeypatch.undo()
    assert response.status_code == 409
    gone = f"“Latvia” was taken out. Choose another, or undo revision {newest(world)} to have it back."
    assert read(response).find("ul", "errorlist", id="id_attendance-0-party_error").text == gone
    assert filled_in(entry_form(response))["name"] == ["Talks in Riga"]
    address = done(sent_again(analyst_client, ADD, response, attendance__0__party=world.germany.pk))

    mine = opened(analyst_client, f"{address}edit")
    undo(world, newest(world), analyst)
    response = analyst_client.post(f"{address}edit", typed(mine, place="Riga", why="It was there."))
    assert response.status_code == 409
    assert "This was taken out" in errors(read(response))
    assert filled_in(entry_form(response))["place"] == ["Riga"]
    out = newest(world)
    again = analyst_client.get(done(send(analyst_client, ADD, name="Talks in Riga", kind="call")))
    assert f"If it is the same, undo this, and undo revision {out} instead." in again.content.decode()
    undo(world, newest(world), analyst)
    undo(world, out, analyst)
    done(sent_again(analyst_client, f"{address}edit", response))
    assert Meeting.objects.get(slug="talks-in-riga").place == "Riga"


def test_nobody_stands_there_twice(world, summit, analyst_client):
    twice = {"attendance__2__party": world.germany.pk, "why": "Both."}
    response = send(analyst_client, EDIT, **twice)
    assert response.status_code == 422
    assert "Germany stands here twice." in errors(read(response))


def test_what_is_of_another_negotiation_is_not_there(world, summit, analyst_client):
    abroad, russia = make.AttendanceFactory(), world.russia.pk
    stranger = make.PersonFactory(party=abroad.party).pk
    theirs = make.AttendanceFactory(meeting=make.MeetingFactory(negotiation=world.negotiation), party=world.russia)
    for wrong, told in [
        ({"attendance__2__party": abroad.party.pk}, "Choose one of the parties of this negotiation."),
        ({"attendance__2__party": russia, "attendance__2__person": stranger}, "Choose one of the people"),
        ({"attendance__0__id": theirs.pk, "attendance__0__note": "mine"}, "not of this table"),
    ]:
        response = send(analyst_client, EDIT, **wrong, why="Try.")
        assert response.status_code == 422
        assert told in errors(read(response))
    assert summit.attendance.count() == 2
    assert Attendance.objects.get(pk=theirs.pk).note == ""
    for address in (f"{LIST}{abroad.meeting.slug}/edit", f"{LIST}none/edit"):
        assert analyst_client.get(address).status_code == 404
        assert analyst_client.post(address, {"name": "Mine"}).status_code == 404


def test_what_is_not_asked_for_is_not_written(world, summit, analyst_client):
    elsewhere = make.NegotiationFactory()
    send(analyst_client, EDIT, slug="mine", negotiation=elsewhere.pk, id=77, place="Lyon", why="Moved.")
    row = Meeting.objects.get(pk=summit.pk)
    assert (row.slug, row.negotiation, row.place) == ("summit", world.negotiation, "Lyon")


@pytest.mark.parametrize("day", ["1000-01-01", "9999-12-31"])
def test_a_day_far_off_can_be_shown(world, analyst_client, day):
    assert send(analyst_client, ADD, name="Far off", kind="call", starts_on=day).status_code == 302
    for address in (LIST, LIST + "far-off/", "/n/paris/"):
        look(analyst_client, address)


# --- who may -------------------------------------------------------------------------------------------


def test_readers_are_offered_nothing_and_may_do_nothing(world, summit, reader_client, outsider_client):
    for address in (LIST, SUMMIT):
        assert not {ADD, EDIT} & links(look(reader_client, address))
    for address in (ADD, EDIT):
        assert reader_client.get(address).status_code == 403
        assert reader_client.post(address, {"name": "Mine"}).status_code == 403
        assert outsider_client.get(address).status_code == 404
    assert Meeting.objects.get().name == "Paris summit"


def test_from_the_past_nothing_is_edited(world, summit, analyst_client):
    for address in (LIST, SUMMIT):
        assert {ADD, EDIT} & links(look(analyst_client, address)), "today it is"
        assert not {ADD, EDIT} & links(look(analyst_client, address, as_of="2026-01-06"))


def test_where_there_is_none_yet_analysts_are_led_on(negotiation, analyst_client, reader_client):
    assert ADD in links(look(analyst_client, LIST))
    assert "Analysts of this negotiation add them." in words(look(reader_client, LIST))


def test_the_form_asks_as_much_for_thirty_as_for_three(world, summit, analyst_client):
    few = questions(analyst_client, ADD), questions(analyst_client, EDIT)
    for _ in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.AttendanceFactory(meeting=summit, party=party, person=make.PersonFactory(party=party))
    assert (questions(analyst_client, ADD), questions(analyst_client, EDIT)) == few
    assert few[0] <= 6 and few[1] <= 9, few
