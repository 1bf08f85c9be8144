"""What is wrong outside the program, said in one sentence: a folder, a port, a database."""

import psycopg
from django.db import OperationalError

# SQLSTATE classes of a connection that did not come about: connection exception, invalid
# authorisation, no such database, operator intervention (starting up, shutting down).
_NO_CONNECTION = ("08", "28", "3D", "57P")


class Trouble(OperationalError):
    """Something outside Parley is not as it must be. The message is the sentence to show.

    It is an OperationalError, so that whatever is ready for a missing database is ready for this.
    """


def sentence(error: BaseException) -> str | None:
    """The sentence for an error that is not a fault of the program; None where it may be one."""
    if isinstance(error, Trouble):
        return str(error)
    if isinstance(error, OperationalError) and isinstance(error.__cause__, psycopg.OperationalError):
        state = error.__cause__.sqlstate
        if state is None or state.startswith(_NO_CONNECTION):
            said = " ".join(str(error).split())
            return f"The database cannot be used: {said}"
    return None
