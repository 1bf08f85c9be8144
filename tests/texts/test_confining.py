"""The child process that reads a document can do no harm, ends in time, and leaves nothing behind."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from negotiations.texts.extracting import Unreadable, extract
from negotiations.texts.formats import limits, running

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


# A connection without Python's own sockets, as a fault in a library written in C would make it: 0 if it is made.
BY_HAND = """
import ctypes, struct
libc = ctypes.CDLL(None)
address = struct.pack('=H', 2) + struct.pack('!H', {port}) + bytes([127, 0, 0, 1]) + bytes(8)
print(libc.connect(libc.socket(2, 1, 0), address, 16))
"""


@pytest.mark.skipif(not NAMESPACES, reason="the system grants no namespaces here")
def test_there_is_no_network_even_for_what_passes_by_the_hook():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        free = subprocess.run([sys.executable, "-c", BY_HAND.format(port=port)], capture_output=True, check=False)
        assert free.stdout == b"0\n", "the control"
        assert confined(BY_HAND.format(port=port)).stdout == "-1\n"


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
