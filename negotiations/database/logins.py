"""Which database, and with which two logins: one's own by address, else the embedded one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

from negotiations.database.embedded import cluster
from negotiations.trouble import Trouble


@dataclass(frozen=True)
class Logins:
    """`default` for Django's DATABASES, which logs in as the app; USER and PASSWORD of both roles.

    `owner` is empty where only one role was given.
    """

    default: dict[str, Any]
    owner: dict[str, str]
    embedded: bool

    @property
    def app(self) -> dict[str, str]:
        return _login(self.default)


def from_environment(environment: Mapping[str, str], data: Path) -> Logins:
    """Read DATABASE_URL and DATABASE_OWNER_URL. Raises Trouble for addresses that cannot be meant."""
    app_url, owner_url = environment.get("DATABASE_URL"), environment.get("DATABASE_OWNER_URL")
    if not app_url:
        if owner_url:
            raise Trouble("DATABASE_OWNER_URL is given without DATABASE_URL, the address for the app's role.")
        return Logins(_lasting(cluster.login(data)), {"USER": cluster.OWNER, "PASSWORD": ""}, embedded=True)
    app = _parse("DATABASE_URL", app_url)
    if not owner_url:
        return Logins(_lasting(app), {}, embedded=False)
    owner = _parse("DATABASE_OWNER_URL", owner_url)
    for part in ("HOST", "PORT", "NAME"):
        if app[part] != owner[part]:
            raise Trouble(
                "DATABASE_URL and DATABASE_OWNER_URL must name the same database; "
                f"they differ in {part.lower()}: {app[part]!r} and {owner[part]!r}."
            )
    return Logins(_lasting(app), _login(owner), embedded=False)


def _lasting(database: dict[str, Any]) -> dict[str, Any]:
    """Keep connections, and look before each request whether they still live."""
    return {**database, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def _login(database: dict[str, Any]) -> dict[str, str]:
    return {part: database[part] for part in ("USER", "PASSWORD")}


def _parse(name: str, url: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError:
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise Trouble(f"{name} must look like postgresql://login:password@host:5432/name.")
    # A folder with a socket comes as ?host=/folder, since an address has no other place for it.
    folder = found.get("OPTIONS", {}).pop("host", None)
    return found | ({"HOST": folder} if folder else {})
