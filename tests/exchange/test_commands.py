"""`load_dossier` and `export_dossier`, as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from negotiations.exchange import dossier
from negotiations.models import Change, User

from .dossiers import load, save, small

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_load_says_what_it_added(tmp_path):
    User.objects.create(username="ada", name="Ada", is_superuser=True)
    content = small()
    content["negotiation"]["memberships"] = [{"user": "new", "role": "reader"}]
    path = save(tmp_path, content)
    out = run("load_dossier", path, "--by", "ada", "--why", "It begins.")
    assert out.splitlines() == [
        "talks: loaded 1 membership, 2 priorities, 2 parties, 1 person, 1 meeting, 1 attendance, 1 outlet, "
        "1 grading of an outlet, 1 source, 1 grading of a source, 1 snapshot, 2 quotes, 1 grading of a claim, "
        "2 stances, 1 commitment, 1 event of a commitment, 1 party that a commitment is towards.",
        "New accounts, with which nobody can sign in yet: new.",
    ]
    change = Change.objects.get(negotiation__slug="talks")
    assert (change.by.username, change.verb, change.why) == ("ada", "loaded", "It begins.")
    assert run("load_dossier", path) == "talks: nothing to add.\n"


def test_load_tells_all_faults_and_loads_nothing(tmp_path):
    content = small()
    content["people"][0]["party"] = "frence"
    content["parties"][1]["kind"] = "stat"
    with pytest.raises(CommandError) as error:
        run("load_dossier", save(tmp_path, content, "talks.yaml"))
    assert error.value.returncode == 1
    assert str(error.value).splitlines() == [
        "Nothing was loaded: 2 things are not right.",
        "talks.yaml, line 19, parties[1].kind: “stat” is none of state, organisation, collective. "
        "Did you mean “state”?",
        "talks.yaml, line 23, people[0].party: There is no party “frence”. Did you mean “france”?",
    ]
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        run("load_dossier", save(tmp_path, small()), "--by", "nobody")


def test_export_writes_to_the_standard_output_or_to_a_file(tmp_path):
    load(tmp_path, small())
    as_yaml = run("export_dossier", "talks")
    assert as_yaml == dossier.export("talks")
    assert json.loads(run("export_dossier", "talks", "--format", "json"))["negotiation"]["slug"] == "talks"
    output = tmp_path / "out.json"
    assert run("export_dossier", "talks", "--output", output) == ""
    assert json.loads(output.read_text())["format"] == "parley-dossier/1"
    run("export_dossier", "talks", "--output", output, "--format", "yaml")
    assert output.read_text(encoding="utf-8") == as_yaml
    assert output.stat().st_mode & 0o077 == 0, "it names people: it is its owner's alone"
    assert not list(tmp_path.glob(".out*")), "nothing is left beside it"


def test_export_of_nothing_or_to_nowhere_is_told(tmp_path):
    with pytest.raises(CommandError, match="There is no negotiation “talks”"):
        run("export_dossier", "talks")
    load(tmp_path, small())
    with pytest.raises(CommandError, match="can't be written: No such file or directory"):
        run("export_dossier", "talks", "--output", tmp_path / "nowhere" / "out.yaml")


def test_a_bad_file_ends_the_command_with_1_and_no_traceback(tmp_path):
    """As a process of its own, with all that is around a command."""
    path = save(tmp_path, "format: [\n", "talks.yaml")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "load_dossier", str(path)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "negotiations.settings"}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "talks.yaml, line 2: This is not YAML" in ran.stderr
    assert "Traceback" not in ran.stderr
