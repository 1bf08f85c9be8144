"""Who is let in, and whose rows they find there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from negotiations.models import Negotiation, Party
from negotiations.models.negotiations import Role, Visibility
from tests import factories as make

from .pages import adding, list_of, page_of, save, shown

NOUNS = [
    "source", "outlet", "party", "person", "meeting", "instrument", "commitment", "priority", "negotiation",
    "change", "quote", "stance", "evidence", "snapshot"
]  # fmt: skip


@pytest.fixture
def elsewhere(db):
    """Another negotiation, which the curator of the Paris talks may see but not curate."""
    other = make.NegotiationFactory(slug="elsewhere", name="Other talks", visibility=Visibility.PUBLIC)
    rows = {
        "party": make.PartyFactory(negotiation=other, name="Atlantis"),
        "outlet": make.OutletFactory(negotiation=other, name="Atlantis Times"),
        "meeting": make.MeetingFactory(negotiation=other, name="Atlantis summit"),
        "instrument": make.InstrumentFactory(negotiation=other, name="Atlantis charter"),
        "source": make.SourceFactory(negotiation=other, title="Atlantis sinks", language="tlh"),
        "priority": make.PriorityFactory(negotiation=other, name="Atlantis"),
    }
    rows["person"] = make.PersonFactory(party=rows["party"], name="Atlantis speaker")
    rows["snapshot"] = make.SnapshotFactory(source=rows["source"])
    rows["quote"] = make.QuoteFactory(snapshot=rows["snapshot"])
    rows["commitment"] = make.CommitmentFactory(party=rows["party"], text="Atlantis will rise")
    cell = make.PositionFactory(party=rows["party"], priority=rows["priority"])
    rows["stance"] = make.StanceFactory(position=cell, evidence=[rows["quote"]])
    rows["evidence"] = rows["stance"].evidence.get()
    rows["change"] = other.changes.latest("revision")
    rows["negotiation"] = other
    return rows


@pytest.mark.parametrize("who", ["curator", "administrator"])
def test_curators_and_administrators_are_let_in(who, negotiation, signed_in_as):
    response = signed_in_as(who).get(reverse("admin:index"))
    assert response.status_code == 200
    assert "Sources" in shown(response)
    assert ("Users" in shown(response)) == (who == "administrator")


@pytest.mark.parametrize("who", ["nobody", "deactivated"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/negotiations/party/", "/admin/login/"])
def test_whoever_is_not_signed_in_is_sent_to_the_door(who, address, signed_in_as):
    response = signed_in_as(who).get(address, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("sign_in"))


@pytest.mark.parametrize("who", ["outsider", "reader", "analyst"])
@pytest.mark.parametrize("noun", [*NOUNS, "user"])
def test_others_are_refused(who, noun, signed_in_as):
    browser = signed_in_as(who)
    assert browser.get(list_of(noun), follow=True).status_code == 403
    assert browser.post(list_of(noun), {"action": "accept"}, follow=True).status_code == 403


def test_a_refusal_says_for_whom_the_pages_are(analyst_client):
    assert "These pages are for curators." in shown(analyst_client.get("/admin/", follow=True))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_curator_finds_only_rows_of_their_negotiations(noun, elsewhere, world, curator_client):
    listed = curator_client.get(list_of(noun))
    assert elsewhere[noun].pk not in [row.pk for row in listed.context["cl"].result_list]
    assert "Atlantis" not in shown(listed)
    missing = curator_client.get(page_of(elsewhere[noun]))
    assert missing.status_code == 404
    assert "Atlantis" not in shown(missing)
    assert curator_client.post(page_of(elsewhere[noun]), {}).status_code == 404
    assert curator_client.get(page_of(elsewhere[noun], "history")).status_code == 404


@pytest.mark.parametrize("noun", NOUNS)
def test_an_administrator_finds_them_all(noun, elsewhere, administrator_client):
    assert administrator_client.get(page_of(elsewhere[noun])).status_code == 200


@pytest.mark.parametrize(
    ("noun", "word"),
    [("source", "status"), ("source", "text"), ("outlet", "grade"), ("quote", "grade"), ("commitment", "event")],
)
def test_no_act_reaches_rows_of_others(noun, word, elsewhere, curator_client):
    address = page_of(elsewhere[noun], word)
    for response in (curator_client.get(address), curator_client.post(address, {"why": "x"})):
        assert response.status_code == 404


def test_list_actions_do_not_reach_rows_of_others(elsewhere, curator_client):
    source = elsewhere["source"]
    sent = {"action": "retract", "_selected_action": source.pk, "why": "I do not like it."}
    curator_client.post(list_of("source"), sent)
    source.refresh_from_db()
    assert source.status == "accepted" or source.status == "new"
    assert not source.gradings.filter(reason="I do not like it.").exists()


def test_a_row_of_another_negotiation_cannot_be_chosen(elsewhere, world, curator_client):
    address = page_of(world.president)
    assert "Atlantis" not in curator_client.get(address).content.decode()
    response = save(curator_client, address, party=elsewhere["party"].pk, why="Moved.")
    assert "Choose one of the parties of this negotiation." in shown(response)
    response = save(curator_client, page_of(world.source), origin=elsewhere["source"].slug, why="Copied.")
    assert "There is no source" in shown(response)


def test_filters_offer_only_what_one_curates(elsewhere, world, curator_client):
    make.OutletFactory(negotiation=world.negotiation, name="The Courier")
    response = curator_client.get(list_of("source"))
    assert "The Courier" in shown(response)
    assert "Atlantis Times" not in shown(response)
    assert "tlh" not in shown(response)
    filtered = curator_client.get(list_of("source"), {"outlet__id__exact": elsewhere["outlet"].pk})
    assert list(filtered.context["cl"].result_list) == []


def test_filters_do_not_let_one_guess_at_passwords(administrator_client, curator_client):
    assert administrator_client.get(list_of("user"), {"password__startswith": "argon2"}).status_code == 400
    asked = {"negotiation__memberships__user__password__startswith": "argon2"}
    assert curator_client.get(list_of("party"), asked).status_code == 400


def test_whoever_curates_several_negotiations_says_which(elsewhere, curator, world, curator_client):
    make.MembershipFactory(negotiation=elsewhere["negotiation"], user=curator, role=Role.CURATOR)
    response = curator_client.get(adding("party"))
    assert "In which negotiation is the new party?" in shown(response)
    assert 'href="?negotiation=elsewhere"' in response.content.decode()
    save(curator_client, adding("party") + "?negotiation=elsewhere", name="Lemuria", slug="lemuria")
    assert Party.objects.get(slug="lemuria").negotiation == elsewhere["negotiation"]
    assert "Other talks" in shown(curator_client.get(list_of("party")))


def test_nothing_is_added_where_one_is_no_curator(elsewhere, world, curator_client):
    for address in (adding("party") + "?negotiation=elsewhere", adding("party") + "?negotiation=nowhere"):
        assert curator_client.get(address).status_code == 404
        assert curator_client.post(address, {"name": "Lemuria", "slug": "lemuria"}).status_code == 404
    assert not Party.objects.filter(slug="lemuria").exists()


def test_the_negotiation_is_the_administrators(negotiation, curator_client):
    """A curator sees its settings and members, and cannot change them."""
    response = curator_client.get(page_of(negotiation))
    assert response.status_code == 200
    assert "Clara Curator" in shown(response)
    assert 'name="name"' not in response.content.decode()
    assert curator_client.post(page_of(negotiation), {"name": "Mine"}).status_code == 403
    assert curator_client.get(adding("negotiation")).status_code == 403


def test_a_role_that_is_taken_away_closes_the_door(negotiation, curator, curator_client):
    negotiation.memberships.filter(user=curator).delete()
    assert curator_client.get(reverse("admin:index"), follow=True).status_code == 403


def test_a_curator_of_one_is_no_administrator_of_accounts(curator, negotiation, curator_client):
    assert curator_client.get(list_of("user")).status_code == 403
    assert curator_client.get(page_of(curator)).status_code == 404
    assert curator_client.get(adding("user")).status_code == 403
    assert curator_client.get(page_of(curator, "password")).status_code == 404


def test_a_negotiation_open_to_all_is_still_not_theirs_to_curate(elsewhere, signed_in_as):
    assert signed_in_as("outsider").get("/n/elsewhere/").status_code == 200
    assert signed_in_as("outsider").get("/admin/", follow=True).status_code == 403


def test_the_first_administrator_finds_where_to_begin(administrator_client):
    response = administrator_client.get("/admin/")
    assert "Negotiations Add" in shown(response)
    assert "Sources" not in shown(response)
    save(administrator_client, adding("negotiation"), name="Paris talks", slug="paris", time_zone="Europe/Paris")
    talks = Negotiation.objects.get()
    assert (talks.revision, talks.changes.get().verb) == (1, "opened")
    assert "Sources" in shown(administrator_client.get("/admin/"))
    assert "There is no negotiation" not in shown(administrator_client.get(adding("party")))
