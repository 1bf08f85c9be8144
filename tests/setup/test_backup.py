"""A backup brings everything back, in another data folder, with the roles as they should be."""

WRITE = """
from negotiations.domain import accounts
accounts.create_user(username="kept", name="Kept", password="a long password", by=None)
"""
READ = """
from negotiations.models import Change, User
print(User.objects.get(username="kept").check_password("a long password"), Change.objects.count())
"""


def test_what_was_backed_up_comes_back_elsewhere(room):
    holder = room.hold()  # it is running meanwhile
    assert room.manage("migrate", "-v0")[0] == 0
    assert room.manage("shell", "--no-imports", "-c", WRITE) == (0, "")
    file = room.folder / "a backup.dump"
    code, said = room.manage("backup", str(file))
    assert (code, said.startswith(f"Wrote {file}")) == (0, True), said
    assert file.stat().st_mode & 0o777 == 0o600

    other = {"PARLEY_DATA": str(room.folder / "other")}
    code, said = room.manage("restore", str(file), **other)
    assert (code, said) == (0, f"Restored {file}.\n")
    assert room.manage("shell", "--no-imports", "-c", READ, **other) == (0, "True 1\n")
    code, said = room.manage("check", "--database", "default", "--fail-level", "WARNING", **other)
    assert code == 0, said

    # Nothing is written over: no database that has tables, no file that exists.
    code, said = room.manage("restore", str(file), **other)
    assert code == 1
    assert "has tables already" in said
    code, said = room.manage("backup", str(file))
    assert code == 1
    assert said == f"{file} exists already: name another file.\n"
    assert holder.poll() is None


def test_what_is_no_backup_is_refused_and_changes_nothing(room):
    (room.folder / "letter.txt").write_text("Dear all")
    code, said = room.manage("restore", str(room.folder / "letter.txt"))
    assert code == 1
    assert said.startswith("pg_restore failed: ")
    assert said.count("\n") == 1
    code, said = room.manage("restore", str(room.folder / "nothing"))
    assert (code, said) == (1, f"CommandError: There is no file {room.folder / 'nothing'}.\n")
