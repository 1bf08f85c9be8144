"""Files that are no dossier at all, or that mean something else than they seem to: told by line, never a traceback."""

from __future__ import annotations

import json
import time

import pytest

from negotiations.exchange import dossier
from negotiations.exchange.dossier import reading
from negotiations.exchange.dossier.nodes import Problems

from .dossiers import load, save, small

HEAD = "format: parley-dossier/1\nnegotiation:\n  slug: talks\n  name: Talks\n"


def told(folder, content, name="talks.yaml"):
    with pytest.raises(dossier.Refused) as refused:
        dossier.load(save(folder, content, name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "talks.yaml: The file is empty."),
        (" \n\n", "talks.yaml: The file is empty."),
        ("# only a remark\n", "talks.yaml: The file is empty."),
        ("just words\n", "talks.yaml, line 1: A mapping of keys is wanted here; this is text."),
        ("- a\n- b\n", "talks.yaml, line 1: A mapping of keys is wanted here; this is a list."),
        (b"format: \xff\n", "talks.yaml, line 1: Byte 9 is not UTF-8. Save the file as UTF-8."),
        ("format: x".encode("utf-16"), "talks.yaml: The file is UTF-16. Save it as UTF-8."),
        (HEAD + "parties:\n  - name: a\x00b\n", "talks.yaml, line 6: There is a NUL character here."),
        (HEAD + "parties: [a\n", "talks.yaml, line 6: This is not YAML:"),
        (HEAD + "x: \x07\n", "talks.yaml, line 5: This is not YAML:"),
        (HEAD + "parties:\n\t- slug: x\n", "talks.yaml, line 6: This is not YAML:"),
        (HEAD + "parties: &all []\nmeetings: *all\n", "talks.yaml, line 5: “&all” is a YAML anchor."),
        (HEAD + "parties: &all []\nmeetings: *all\n", "talks.yaml, line 6: “*all” is a YAML alias."),
        (HEAD + "parties: !!set {}\n", "talks.yaml, line 5: “!!set” is a YAML tag."),
        (HEAD + "x: !!python/object/apply:os.system [ls]\n", "is a YAML tag. Tags are not taken"),
        (HEAD + "---\n" + HEAD, "talks.yaml, line 5: A second YAML document begins here."),
        (HEAD + "format: x\n", "talks.yaml, line 5, format: This key stands here twice; first in line 1."),
        (HEAD + "? [a, b]\n: c\n", "talks.yaml, line 5, ?: A key is a single word here"),
        (HEAD + "parties: " + "[" * 30 + "]" * 30, "talks.yaml, line 5: Values are nested more than 20 deep."),
        (HEAD + "<<: {visibility: public}\n", "talks.yaml, line 5, <<: There is no key “<<” here."),
        (
            HEAD + "parties:\n  - {slug: no, name: Norway, kind: state}\n",
            "talks.yaml, line 6, parties[0].slug: “no” without quotes is read as true or false. Put it in quotes.",
        ),
        (
            HEAD + "parties:\n  - {slug: a, name: 2026, kind: state}\n",
            "talks.yaml, line 6, parties[0].name: “2026” without quotes is read as a number. Put it in quotes.",
        ),
        (
            HEAD + "parties:\n  - {slug: a, name: 12:30, kind: state}\n",
            "parties[0].name: “12:30” without quotes is read as a number. Put it in quotes.",
        ),
        (
            HEAD + "parties:\n  - {slug: a, name: 2026-01-06, kind: state}\n",
            "parties[0].name: “2026-01-06” without quotes is read as a date. Put it in quotes.",
        ),
        (
            HEAD + "priorities:\n  - number: 010\n    name: Ten\n",
            "talks.yaml, line 6, priorities[0].number: A whole number is wanted here",
        ),
        (
            HEAD + "meetings:\n  - slug: a\n    name: A\n    kind: call\n    starts_on: 2026-01-06 10:00:00\n",
            "talks.yaml, line 9, meetings[0].starts_on: “2026-01-06 10:00:00” is no date.",
        ),
    ],
)
@pytest.mark.django_db
def test_bad_yaml_is_told_by_line(tmp_path, content, sentence):
    assert sentence in told(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[1, 2", "talks.json, line 1: This is not JSON: Expecting ',' delimiter (column 6)."),
        ('{"format": NaN}', "talks.json: This is not JSON: NaN is no JSON number."),
        ('{"format": 1, "format": 2}', "talks.json, format: This key stands here twice."),
        ('{"format": "a\\u0000b"}', "talks.json, format: There is a NUL character in this text."),
        ('{"format": "\\ud800"}', "talks.json, format: There is half of a character (a lone surrogate)"),
        ('{"format": ' + "9" * 5000 + "}", "talks.json, format: Text is wanted here; this is a number."),
        ('{"format": 1e400}', "talks.json, format: Text is wanted here; this is a number with a fraction."),
        ("[" * 100_000, "talks.json: Values are nested more than 20 deep."),
        ("[" * 25 + "]" * 25, "talks.json: The file has values nested more than 20 deep."),
    ],
)
@pytest.mark.django_db
def test_bad_json_is_told(tmp_path, content, sentence):
    assert sentence in told(tmp_path, content, "talks.json")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e309", "-0", "-0.0"])
@pytest.mark.django_db
def test_VAL06_what_is_no_counting_number_is_refused(number, tmp_path):
    content = '{"format": "parley-dossier/1", "priorities": [{"number": %s}]}'
    said = told(tmp_path, content % number, "talks.json")
    assert "is no JSON number" in said or "priorities[0].number: " in said


@pytest.mark.django_db
def test_a_bomb_of_aliases_is_refused_at_once(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    begun = time.monotonic()
    assert "is a YAML alias" in told(tmp_path, "\n".join(lines))
    assert time.monotonic() - begun < 5


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 2 * 1024 * 1024)
    assert "The file is larger than 2 MB." in told(tmp_path, "#" * (2 * 1024 * 1024 + 1))


@pytest.mark.django_db
def test_too_many_values_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("negotiations.exchange.dossier.yaml_text.MOST_VALUES", 1000)
    monkeypatch.setattr("negotiations.exchange.dossier.json_text.MOST_VALUES", 1000)
    assert "more than 1,000 values" in told(tmp_path, "x: [" + "a, " * 2000 + "a]")
    assert "more than 1,000 values" in told(tmp_path, json.dumps({"x": ["a"] * 2000}), "talks.json")
    assert "more than 1,000 values" in told(tmp_path, "[" + "[]," * 2000 + "[]]", "talks.json")


@pytest.mark.django_db
def test_the_format_is_known_by_the_suffix_or_else_by_the_content(tmp_path):
    dossier.load(save(tmp_path, json.dumps(small()), "talks.txt"))
    assert load(tmp_path, small(), "talks.yml").nothing
    assert dossier.load(save(tmp_path, ("\ufeff" + json.dumps(small())).encode(), "talks.json")).nothing


def test_a_key_written_on_is_the_key_on(tmp_path):
    """YAML 1.1 takes a bare `on` for true; as a key of a dossier it is itself."""
    problems = Problems("x.yaml")
    root = reading.read(save(tmp_path, "events:\n  - on: 2026-01-06\n", "x.yaml"), problems)
    assert not problems
    assert list(root.at("events").value[0].value) == ["on"]
