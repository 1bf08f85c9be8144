"""Django's PostgreSQL backend that sees to its own server before it connects."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base, client

from negotiations.database.embedded import programs, use


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that belongs to the server."""

    def runshell(self, parameters: Iterable[str]) -> None:
        use.hold(settings.PARLEY_DATA)
        self.executable_name = str(programs.original() / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        data: Path = settings.PARLEY_DATA
        use.hold(data)
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            # It was there when this process began; if it has died since, it is started again.
            use.mend(data)
            return super().get_new_connection(conn_params)
