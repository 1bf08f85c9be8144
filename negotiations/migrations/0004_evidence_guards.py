"""What always holds of the tables that came with documents, re-checks, contradictions and questions."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0003_evidence")]

    operations = [
        statements("0006_evidence.sql"),
        statements("0005_names.sql"),  # once more, for the guards that are new
    ]
