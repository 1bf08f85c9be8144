#!/usr/bin/env python3
"""Parley's commands: `python manage.py help` lists them."""

import os
import signal
import sys


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for whoever has an older one
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(f"Parley needs Python 3.11 or newer; this one is {found}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiations.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Parley's libraries are missing here: run `make setup`, then .venv/bin/python manage.py.")

    from negotiations.trouble import sentence

    # Asked to end, a command ends as it would by itself, and lets go of the database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        # What is wrong outside the program gets its sentence; a fault of ours keeps its traceback.
        told = None if "--traceback" in sys.argv else sentence(error)
        if told is None:
            raise
        sys.exit(told)


if __name__ == "__main__":
    main()
