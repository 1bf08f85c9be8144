"""The child process that reads a document can do no harm, ends in time, and leaves nothing behind."""

import errno
import os
import platform
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from negotiations.texts.extracting import Unreadable, extract
from negotiations.texts.formats import filtering, limits, running

ROOT = Path(__file__).resolve().parents[2]


def confined(code, before="pass"):
    """What `code` prints in a process that has been confined; `before` is done while it is still free."""
    begin = f"import sys, os\nsys.path.insert(0, {str(ROOT)!r})\n{before}\n"
    confine = "from negotiations.texts.formats.confining import confine\nconfine()\n"
    words = [sys.executable, "-I", "-B", "-c", f"{begin}{confine}{code}"]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")


ATTEMPTS = {
    "network": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "name": "import socket; socket.getaddrinfo('localhost', 80)",
    "address": "from urllib.request import urlopen; urlopen('http://127.0.0.1:9/')",
    "other file": "open('/etc/passwd')",
    "file of the server": f"open({str(ROOT / 'pyproject.toml')!r})",
    "environment": "open('/proc/self/environ')",
    "new file": "open('/tmp/parley-test-of-confining', 'w')",
    "new file, by its number": "os.open('/tmp/parley-test-of-confining', os.O_CREAT | os.O_WRONLY)",
    "temporary file": "import tempfile; tempfile.mkstemp()",
    "program": "import subprocess; subprocess.run(['true'])",
    "shell": "os.system('true')",
    "itself again": "os.execv(sys.executable, [sys.executable, '-c', 'pass'])",
    "twin": "os.fork()",
    "removal": "os.remove('/tmp/parley-test-of-confining')",
    "folder": "os.mkdir('/tmp/parley-test-of-confining')",
    "signal to others": "os.kill(os.getppid(), 0)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_what_no_reader_needs_is_refused(attempt):
    done = confined(attempt)
    assert done.returncode == 1
    assert "Error" in done.stderr and "Connection refused" not in done.stderr
    assert not Path("/tmp/parley-test-of-confining").exists()


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and limits of Linux")
NAMESPACES = sys.platform == "linux" and subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0


@LINUX
def test_the_system_holds_what_the_hook_might_miss():
    opened = "made = os.open('/tmp', os.O_TMPFILE | os.O_RDWR)"
    assert "File too large" in confined("os.write(made, b'x')", before=opened).stderr
    assert "MemoryError" in confined("b'x' * (2 << 30)").stderr
    soon = "from negotiations.texts.formats import limits\nlimits.CPU_SECONDS = 1"
    assert confined("while True: pass", before=soon).returncode == -signal.SIGXCPU
    soon = "from negotiations.texts.formats import limits\nlimits.WALL_SECONDS = -1"
    assert confined("import time; time.sleep(20)", before=soon).returncode == -signal.SIGALRM


# What a fault in a library written in C might try, past Python: each prints 0 or more where it is done.
BY_HAND = {
    "network": "libc.connect(libc.socket(2, 1, 0), bytes([2, 0]) + PORT + bytes([127, 0, 0, 1]) + bytes(8), 16)",
    "twin": "libc.fork() or os._exit(0)",
    "program": "libc.execve(b'/bin/true', None, None)",
    "signal": "libc.kill(os.getppid(), 0)",
    "new file": "libc.open(PATH, os.O_CREAT | os.O_WRONLY, 0o600)",
    "emptied file": "libc.open(PATH, os.O_TRUNC)",
    "removed file": "libc.unlink(PATH)",
    "moved file": "libc.rename(PATH, PATH + b'2')",
    "folder": "libc.mkdir(PATH + b'3', 0o700)",
}
FILTERED = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in filtering.MACHINES, reason="a filter for Linux on two machines"
)


@FILTERED
@pytest.mark.parametrize("attempt", BY_HAND.values(), ids=BY_HAND)
def test_what_passes_by_python_is_refused_by_the_kernel(attempt, tmp_path):
    victim = tmp_path / "victim"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1].to_bytes(2, "big")
        known = f"import ctypes, os; libc = ctypes.CDLL(None); PATH = {os.fsencode(victim)!r}; PORT = {port!r}"
        victim.write_text("words")
        assert int(confined(f"print({attempt})", before=known).stdout) < 0
        assert victim.read_text() == "words" and len(list(tmp_path.iterdir())) == 1
        free = [sys.executable, "-c", f"{known}\nprint({attempt})"]
        told = subprocess.run(free, capture_output=True, text=True, check=False).stdout
        assert int(told or 0) >= 0, "the control"


@pytest.mark.skipif(not NAMESPACES, reason="the system grants no namespaces here")
def test_there_is_no_network_even_without_the_filter():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1].to_bytes(2, "big")
        unfiltered = "from negotiations.texts.formats import confining; confining.refuse_calls = lambda: False"
        known = f"import ctypes; libc = ctypes.CDLL(None); PORT = {port!r}; {unfiltered}"
        assert confined(f"print({BY_HAND['network']})", before=known).stdout == "-1\n"


def test_where_the_system_has_no_filter_a_document_is_read_all_the_same():
    done = confined("print('read')", before="import platform; platform.machine = lambda: 'riscv64'")
    assert done.stdout == "read\n"


def test_the_child_knows_nothing_of_the_servers_surroundings(monkeypatch):
    """Nor does a module that lies about get into it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@db/parley")
    monkeypatch.setenv("PYTHONPATH", "/tmp")
    started = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **options: started.append((words, options)))
    with pytest.raises(TypeError):  # nothing was started
        extract("a.txt", b"words")
    [(words, options)] = started
    assert set(options["env"]) <= {"OPENBLAS_NUM_THREADS", "LC_ALL", "LD_LIBRARY_PATH"}
    assert "-I" in words and options["cwd"] == "/" and "secret" not in str(started)


def children():
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    return [line for line in listed.stdout.splitlines() if "formats.reader" in line]


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        ("import time; time.sleep(60)", "time"),
        ("[print('x' * 1_000_000) for _ in range(1_000_000)]", "too_large"),
        ('print(\'{"text": "half\')', "damaged"),
        ("print('[]')", "damaged"),
        ('print(\'{"text": 7, "published_on": null}\')', "damaged"),
        ("", "damaged"),
        ("import os; os.kill(os.getpid(), 9)", "memory"),
        ("import os; os.abort()", "damaged"),
        ("import os; os.close(1); import time; time.sleep(60)", "time"),
    ],
    ids=["sleeps", "talks", "breaks off", "babbles", "lies", "is silent", "is killed", "aborts", "hangs up"],
)
def test_a_child_that_behaves_badly_is_ended_and_the_next_one_is_heard(monkeypatch, child, reason):
    with monkeypatch.context() as patched:
        patched.setattr(running, "START", f"formats = 'formats.reader'; {child}")
        patched.setattr(limits, "WALL_SECONDS", 1)
        began = time.monotonic()
        with pytest.raises(Unreadable) as refusal:
            extract("a.txt", b"words" * 1_000_000)
    assert refusal.value.reason == reason
    assert time.monotonic() - began < 4
    assert children() == []
    assert extract("a.txt", b"Nobody signed.").text == "Nobody signed."


def test_what_a_library_stumbles_over_is_logged_but_not_the_documents_words(caplog):
    with pytest.raises(Unreadable):
        extract("secret.pdf", b"%PDF-1.7\nsecret words\n%%EOF")
    [record] = caplog.records
    assert "(pdf)" in record.getMessage() and "line" in record.getMessage()
    assert "secret" not in record.getMessage()


def test_two_are_read_at_once_the_others_wait_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0.2)
    with running._places, running._places, pytest.raises(Unreadable) as refusal:
        extract("a.txt", b"words")
    assert refusal.value.reason == "busy"
    assert extract("a.txt", b"words").text == "words"


@pytest.mark.parametrize("shortage", [errno.EAGAIN, errno.ENOMEM, errno.EMFILE])
def test_where_no_child_can_be_started_the_document_is_to_come_again(monkeypatch, shortage):
    def refuse(*words, **options):
        raise OSError(shortage, os.strerror(shortage))

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", refuse)
        with pytest.raises(Unreadable, match="Try again"):
            extract("a.txt", b"words")
    assert extract("a.txt", b"words").text == "words"


def test_documents_that_come_at_once_are_all_read():
    found = {}

    def read(number):
        found[number] = extract("a.txt", f"Draft {number}".encode()).text

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"Draft {number}" for number in range(8)}
    assert children() == []


def test_no_open_file_is_left_behind():
    def count():
        return len(os.listdir("/dev/fd"))

    extract("a.txt", b"words")
    before = count()
    for _ in range(3):
        extract("a.txt", b"words")
        with pytest.raises(Unreadable):
            extract("a.pdf", b"%PDF-1.7\n%%EOF")
    assert count() == before
