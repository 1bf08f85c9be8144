"""Accounts to try Parley with: one for each role, with passwords that are made up on the first run.

They exist on the embedded database only. The passwords are kept in a private file of the data folder.
"""

import secrets
from pathlib import Path

from django.db import transaction

from negotiations import data_folder
from negotiations.domain import accounts
from negotiations.models import Negotiation, User
from negotiations.models.negotiations import Role

FILE = "demo_accounts.txt"

# username, name, role in the negotiation (None: administrator)
PEOPLE = (
    ("reader", "Rosa Reader", Role.READER),
    ("analyst", "Anna Analyst", Role.ANALYST),
    ("analyst2", "Amir Analyst", Role.ANALYST),
    ("curator", "Clara Curator", Role.CURATOR),
    ("administrator", "Ada Administrator", None),
)


def known(data: Path) -> dict[str, str]:
    """Username → the password that it was made with; {} where the file is gone."""
    file = data / FILE
    return dict(line.split() for line in file.read_text().splitlines()) if file.exists() else {}


@transaction.atomic
def make(negotiation: Negotiation, data: Path) -> None:
    """Make all of them where there is no account at all, and none of them ever after.

    So what was changed since stays changed, and an administrator's account that was ended does not come back.
    """
    if User.objects.exists():
        return
    invented = "".join(f"{username} {secrets.token_urlsafe(12)}\n" for username, _, _ in PEOPLE)
    data_folder.private_text(data / FILE, invented)
    passwords = known(data)
    for username, name, role in PEOPLE:
        user = accounts.create_user(
            username=username, name=name, password=passwords[username], is_superuser=role is None, by=None
        )
        if role:
            accounts.give_role(negotiation, user, role, by=None)
