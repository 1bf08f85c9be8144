"""What a contradiction must be when its transaction ends."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0005_snapshot_sketch")]

    operations = [
        statements("0007_contradictions.sql"),
        statements("0005_names.sql"),  # once more, for the guards that are new
    ]
