"""The Paris talks as the seed dossier tells them, and the people who work on them in these tests."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

from negotiations.models import Negotiation, Position, Stance
from negotiations.models.negotiations import Role
from tests import factories as make

SEED = Path(__file__).parents[2] / "fixtures" / "paris-2026.yaml"
SLUG = "paris-2026"
BOARD = f"/n/{SLUG}/"
PASSWORD = "Seine, left bank, no. 6"


def load() -> None:
    call_command("load_dossier", str(SEED), verbosity=0)
    talks = Negotiation.objects.get(slug=SLUG)
    for username, name, role in (
        ("anna", "Anna Analyst", Role.ANALYST),
        ("anton", "Anton Analyst", Role.ANALYST),
        ("rita", "Rita Reader", Role.READER),
        ("clara", "Clara Curator", Role.CURATOR),
    ):
        user = make.UserFactory(username=username, name=name, password=PASSWORD)
        make.MembershipFactory(negotiation=talks, user=user, role=role)
    make.UserFactory(username="ada", name="Ada Administrator", is_superuser=True, is_staff=True)


def cell(party: str, priority: int) -> str:
    """The address of a cell."""
    return f"{BOARD}positions/{party}/{priority}/"


def stances(party: str, priority: int) -> list[Stance]:
    """What is recorded for a cell, oldest first."""
    found = Position.objects.get(negotiation__slug=SLUG, party__slug=party, priority__number=priority)
    return list(Stance.objects.filter(position=found).order_by("seq"))
