"""What always holds: the triggers and constraints that Django can't declare."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0001_initial")]

    operations = [
        statements("0001_append_only.sql"),
        statements("0002_same_negotiation.sql"),
        statements("0003_log.sql"),
        statements("0004_history.sql"),
        statements("0005_names.sql"),
    ]
