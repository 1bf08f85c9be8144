"""The data folder: where it is, and the private files that Parley keeps in it."""

import contextlib
import os
import pwd
import secrets
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from negotiations.trouble import Trouble


def choose(base: Path, named: str | None) -> Path:
    """The data folder as an absolute path: the one that is named, else `var` in the clone at `base`.

    Root's own folder is closed to the account that PostgreSQL runs as. A clone in there keeps its
    data under /var/lib, in a folder whose name follows from the clone's path.
    """
    if named:
        return Path(named).expanduser().resolve()
    usual = (base / "var").resolve()
    if os.geteuid() != 0 or (usual / "postgres").exists():
        return usual
    away = Path("/var/lib") / f"parley-{sha256(os.fsencode(base.resolve())).hexdigest()[:8]}"
    if away.exists() or not can_enter(usual, server_account(usual)):
        return away
    return usual


def prepare(folder: Path) -> Path:
    """Make the data folder where it is missing, see that it can be written, and return it.

    Others may not look into it. Made by root, it may be walked through by the account of the
    database server, which owns only a folder inside it.
    """
    with explained(folder):
        if not folder.is_dir() or (os.geteuid() == 0 and not any(folder.iterdir())):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    return folder


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the system says about files in the data folder into one sentence."""
    try:
        yield
    except OSError as error:
        if isinstance(error, Trouble):
            raise
        whose = ""
        with contextlib.suppress(OSError):
            whose = f", which belongs to {_account(folder.stat().st_uid).pw_name},"
        raise Trouble(
            f"The data folder {folder}{whose} cannot be written ({error.strerror or error}): "
            "name another with DATA=folder, or PARLEY_DATA."
        ) from error


def private_text(path: Path, make: str) -> str:
    """The text of a file that only its owner reads; made with the text `make` where it is missing.

    Of several processes that make it at once, one wins and all read the same.
    """
    with explained(path.parent):
        if not path.exists():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(make)
                give(handle, path.parent)
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
            os.unlink(name)
        return path.read_text(encoding="utf-8")


def secret_key(folder: Path) -> str:
    """Django's secret key, made on the first run and kept."""
    return private_text(folder / "secret_key", secrets.token_urlsafe(50)).strip()


def give(handle: int, folder: Path) -> None:
    """Let a file that root makes in somebody's data folder belong to that somebody."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)


def server_account(folder: Path) -> pwd.struct_passwd:
    """The account that the embedded PostgreSQL runs as: this one; for root, who may not, another.

    Root uses the account that owns the cluster already; for a new one `postgres`, else `nobody`.
    """
    if os.geteuid() != 0:
        return _account(os.geteuid())
    cluster = folder / "postgres"
    if cluster.exists() and cluster.stat().st_uid != 0:
        return _account(cluster.stat().st_uid)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Trouble(
        "PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody: "
        "run Parley as an ordinary account."
    )


def can_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account may walk down to the folder: each folder that exists lets it through."""
    groups = set(os.getgrouplist(account.pw_name, account.pw_gid))
    for part in [folder, *folder.parents]:
        try:
            found = part.stat()
        except FileNotFoundError:
            continue
        except PermissionError:
            return False
        if found.st_uid == account.pw_uid:
            allowed = found.st_mode & 0o100
        elif found.st_gid in groups:
            allowed = found.st_mode & 0o010
        else:
            allowed = found.st_mode & 0o001
        if not allowed:
            return False
    return True


def _account(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:  # a container started with a number that has no name
        return pwd.struct_passwd((str(uid), "x", uid, os.getegid(), "", "/", "/bin/sh"))
