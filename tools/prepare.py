"""Make .venv with the pinned libraries, unless it has them already: `python3 tools/prepare.py [dev]`.

Uses nothing but Python's own library. What is installed is remembered by the hash of its list.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main() -> None:
    lists = ["requirements-dev.txt"] if "dev" in sys.argv[1:] else ["requirements.txt", "requirements-dev.txt"]
    try:
        VENV.mkdir(exist_ok=True)
        lock = os.open(VENV, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)  # until this process ends
        if _works() and any(_installed(name) for name in lists):
            return
        if not _works():
            _make()
        _install(lists[0])
    except PermissionError as error:
        sys.exit(f"Cannot write {error.filename}: run this as the account that owns {ROOT}.")


def _works() -> bool:
    """Whether .venv's Python runs; a venv whose Python has been removed from the system does not."""
    if not (VENV / "pyvenv.cfg").exists():
        return False
    tried = [PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _installed(name: str) -> bool:
    stamp = VENV / f"{name}.sha256"
    return stamp.exists() and stamp.read_text() == _hash(name)


def _hash(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _make() -> None:
    try:
        import ensurepip  # noqa: F401 - Debian packs it, and what needs it, apart from Python
        import venv  # noqa: F401
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(f"Python {version} lacks its venv module: on Debian or Ubuntu, apt install python{version}-venv.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"The virtual environment {VENV} could not be made: {(made.stdout + made.stderr).strip()}")


def _install(name: str) -> None:
    print(f"Installing the libraries of {name}; this takes a minute, once.", flush=True)
    for stamp in VENV.glob("*.sha256"):
        stamp.unlink()
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    pip += ["--require-hashes", "--only-binary=:all:", "-r", ROOT / name]
    # Without a home, pip warns about its cache at length; as root, about being root.
    quiet = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if not os.access(Path.home(), os.W_OK):
        quiet["PIP_NO_CACHE_DIR"] = "1"
    if subprocess.run(pip, env=quiet, cwd=ROOT, check=False).returncode:
        sys.exit("The libraries could not be installed: pip's words are above. Is there a network?")
    (VENV / f"{name}.sha256").write_text(_hash(name))


if __name__ == "__main__":
    main()
