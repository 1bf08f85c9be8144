"""`manage.py run`: make everything ready, serve it, and say where."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from negotiations import serving
from negotiations.management import demo_accounts


class Command(BaseCommand):
    help = "Serve Parley until Ctrl-C, after `setup`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")

    def handle(self, *, host: str, **options: Any) -> None:
        port = settings.PARLEY_PORT
        serving.refuse_taken_port(host, port)
        call_command("setup")
        connections.close_all()  # the workers open their own
        serving.serve(host, port, ready=self.say_where)

    def say_where(self) -> None:
        """Tell the address, and who may sign in."""
        lines = [
            "",
            f"Parley is ready at {settings.PARLEY_ADDRESS.url} (Ctrl-C stops it).",
            f"Its data is in {settings.PARLEY_DATA}.",
        ]
        if settings.DATABASE_EMBEDDED:
            passwords = demo_accounts.known(settings.PARLEY_DATA)
            lines += ["Sign in as:"] if passwords else []
            lines += [f"  {username:14} {password}" for username, password in passwords.items()]
        else:
            lines += ["An administrator is made with: .venv/bin/python manage.py createsuperuser"]
        self.stdout.write("\n".join(lines) + "\n")
        self.stdout.flush()
