"""A line of many megabytes is cut into passages in time that grows with its length, not with its square."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0023_files_again")]

    operations = [
        statements("0024_long_lines.sql"),
        statements("0005_names.sql"),  # once more, for a function made anew forgets them
    ]
