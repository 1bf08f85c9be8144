"""Where a second person must agree, the database says so too."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0019_stance_dated_by")]

    operations = [
        statements("0020_reviewed.sql"),
        statements("0005_names.sql"),  # once more, for the function that is new
    ]
