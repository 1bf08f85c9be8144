"""Where the data are kept, and that nobody else can read them."""

import os
import stat
import threading

import pytest

from negotiations import data_folder
from negotiations.trouble import Trouble

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this")


def test_it_is_var_in_the_clone_unless_another_is_named(room):
    assert data_folder.choose(room.folder, None) == room.folder / "var"
    assert data_folder.choose(room.folder, str(room.data)) == room.data


def test_a_relative_name_is_made_whole(room, monkeypatch):
    monkeypatch.chdir(room.folder)
    assert data_folder.choose(room.folder, "data") == room.data


@as_root
def test_where_only_root_can_enter_the_clone_its_data_go_to_var_lib(room):
    closed = room.folder / "closed"
    closed.mkdir(mode=0o700)
    away = data_folder.choose(closed, None)
    assert str(away).startswith("/var/lib/parley-")
    assert data_folder.choose(closed, None) == away != data_folder.choose(room.folder, None)
    assert data_folder.choose(closed, str(room.data)) == room.data, "what is named is used"
    (closed / "var/postgres").mkdir(parents=True)
    assert data_folder.choose(closed, None) == closed / "var", "what is there is not left behind"


def test_what_is_made_is_closed_to_others(room):
    data_folder.prepare(room.data)
    assert stat.S_IMODE(room.data.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)


def test_a_folder_with_things_in_it_keeps_its_rights(room):
    room.data.mkdir(mode=0o750)
    (room.data / "something").touch()
    data_folder.prepare(room.data)
    assert stat.S_IMODE(room.data.stat().st_mode) == 0o750


def _as_an_ordinary_account(work) -> str:
    """What `work` raises in a child process that is not root."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            work()
        except BaseException as error:
            os.write(writer, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        os.waitpid(child, 0)
        return said.read()


@pytest.mark.parametrize("closed", ["the folder", "the folder above"])
def test_a_folder_that_may_not_be_written_is_told(room, closed):
    room.data.mkdir()
    room.data.chmod(0o555)
    if closed == "the folder above":
        room.folder.chmod(0o000)
    said = _as_an_ordinary_account(lambda: data_folder.prepare(room.data))
    room.folder.chmod(0o755)
    assert said.startswith(f"Trouble: The data folder {room.data}")
    assert said.endswith("cannot be written (Permission denied): name another with DATA=folder, or PARLEY_DATA.")
    assert ("which belongs to" in said) == (closed == "the folder")


def test_a_file_in_its_place_is_told(room):
    room.data.write_text("")
    with pytest.raises(Trouble, match="cannot be written"):
        data_folder.prepare(room.data)


def test_a_private_file_is_made_once_by_many_at_once(room):
    room.data.mkdir()
    found = []
    write = lambda word: found.append(data_folder.private_text(room.data / "key", word))  # noqa: E731
    threads = [threading.Thread(target=write, args=[f"word {each}"]) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [path.name for path in room.data.iterdir()] == ["key"]
    assert stat.S_IMODE((room.data / "key").stat().st_mode) == 0o600


@as_root
def test_who_can_enter_is_read_from_every_folder_on_the_way(room):
    account = data_folder.server_account(room.data)
    assert account.pw_uid != 0
    deep = room.folder / "a/b"
    deep.mkdir(parents=True)
    assert data_folder.can_enter(deep, account)
    assert data_folder.can_enter(deep / "not there yet", account)
    (room.folder / "a").chmod(0o700)
    assert not data_folder.can_enter(deep, account)
    os.chown(room.folder / "a", account.pw_uid, -1)
    assert data_folder.can_enter(deep, account)
    (room.folder / "a").chmod(0o677)
    assert not data_folder.can_enter(deep, account), "the owner's own rights count, not the others'"
