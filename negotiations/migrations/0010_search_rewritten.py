"""Search forgets words of texts and quotes that the owner blanks."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0009_search")]

    operations = [
        statements("0010_search_rewritten.sql"),
        statements("0005_names.sql"),  # once more, for the function that is new
    ]
