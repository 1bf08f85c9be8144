"""Whoever counts reads through merges."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0006_contradiction_guards")]

    operations = [
        statements("0007_merging.sql"),
        statements("0005_names.sql"),  # once more, for the guard that is replaced
    ]
