"""`make run` as a newcomer meets it: it serves, says where, keeps what was edited, and stops without a trace."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def _start(room, port):
    """Start `make run`, and wait until it answers. Returns the process and how many seconds it took."""
    began = time.monotonic()
    process = room.start("make", "run", f"PORT={port}", f"DATA={room.data}")
    while process.poll() is None and time.monotonic() - began < 120:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return process, time.monotonic() - began
        except urllib.error.URLError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate()[0])


def _stop(process, number, whole_group):
    """Stop it as a terminal or a service manager does; returns what it said from beginning to end."""
    if whole_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    said, _ = process.communicate(timeout=45)
    return said


def test_it_serves_keeps_what_was_edited_and_stops(room):
    port = _free_port()
    process, _ = _start(room, port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
        policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy

    # Somebody works meanwhile, from another terminal, on the same server.
    work = (
        "from negotiations.models import User; u = User.objects.get(username='reader'); u.name = 'Renamed';"
        "from negotiations.management import demo_accounts; from django.conf import settings;"
        "print(all(User.objects.get(username=n).check_password(p)"
        " for n, p in demo_accounts.known(settings.PARLEY_DATA).items()));"
        "u.save()"
    )
    assert room.manage("shell", "--no-imports", "-c", work) == (0, "True\n")
    said = _stop(process, signal.SIGINT, whole_group=True)
    assert f"Parley is ready at http://127.0.0.1:{port}" in said
    passwords = (room.data / "demo_accounts.txt").read_text().split()
    assert len(passwords) == 10
    assert all(word in said for word in passwords)
    assert (room.data / "demo_accounts.txt").stat().st_mode & 0o777 == 0o600
    assert "Traceback" not in said
    assert "ERROR" not in said
    assert room.server() is None

    # The second time it is there within seconds, and is killed as hard as can be.
    process, seconds = _start(room, port)
    assert seconds < 15
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    os.kill(room.server(), signal.SIGKILL)

    process, _ = _start(room, port)
    look = "from negotiations.models import User; print(User.objects.get(username='reader').name)"
    assert room.manage("shell", "--no-imports", "-c", look) == (0, "Renamed\n")
    said = _stop(process, signal.SIGTERM, whole_group=False)
    assert "Traceback" not in said
    assert passwords[1] in said, "the same passwords as the first time"
    assert room.server() is None


def test_two_first_starts_at_once_migrate_and_seed_once(room):
    both = [room.start(sys.executable, "manage.py", "setup") for _ in range(2)]
    for process in both:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    count = (
        "from negotiations.models import Negotiation, User; print(Negotiation.objects.count(), User.objects.count())"
    )
    assert room.manage("shell", "--no-imports", "-c", count) == (0, "1 5\n")
    code, said = room.manage("check", "--database", "default", "--fail-level", "WARNING")
    assert code == 0, said
