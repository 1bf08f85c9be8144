"""A backup brings everything back, in another data folder, with the roles as they should be."""

WRITE = """
from django.core.management import call_command
from negotiations.domain import accounts
call_command("migrate", verbosity=0)
accounts.create_user(username="kept", name="Kept", password="a long password", by=None)
call_command("backup", {file!r})
"""
READ = """
from django.core.management import call_command
from negotiations.models import Change, User
print(User.objects.get(username="kept").check_password("a long password"), Change.objects.count())
call_command("check", databases=["default"], fail_level="WARNING")
"""


def test_what_was_backed_up_comes_back_elsewhere(room):
    holder = room.hold()  # it is running meanwhile
    file = room.folder / "a backup.dump"
    code, said = room.manage("shell", "--no-imports", "-c", WRITE.format(file=str(file)))
    assert (code, said.startswith(f"Wrote {file}")) == (0, True), said
    assert file.stat().st_mode & 0o777 == 0o600

    other = {"PARLEY_DATA": str(room.folder / "other")}
    assert room.manage("restore", str(file), **other) == (0, f"Restored {file}.\n")
    code, said = room.manage("shell", "--no-imports", "-c", READ, **other)
    assert code == 0, said
    assert said.startswith("True 1\n")

    # Nothing is written over: no database that has tables, no file that exists.
    code, said = room.manage("restore", str(file))
    assert code == 1
    assert "has tables already" in said
    code, said = room.manage("backup", str(file))
    assert (code, said) == (1, f"{file} exists already: name another file.\n")
    assert holder.poll() is None


def test_what_is_no_backup_is_refused_in_one_sentence(home):
    (home.folder / "letter.txt").write_text("Dear all")
    code, said = home.manage("restore", str(home.folder / "letter.txt"))
    assert code == 1
    assert said.startswith("pg_restore failed: ")
    assert said.count("\n") == 1
    missing = home.folder / "nothing"
    assert home.manage("restore", str(missing)) == (1, f"CommandError: There is no file {missing}.\n")
