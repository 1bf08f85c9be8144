"""What was undone later still counted before."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0015_reviews")]

    operations = [
        statements("0016_was_undone.sql"),
        statements("0005_names.sql"),  # once more, for the function that is new
    ]
