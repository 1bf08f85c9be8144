"""Rows that people edit in place can be read as they were at a revision."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0024_long_lines")]

    operations = [
        migrations.AddIndex(
            model_name="rowedit",
            index=models.Index(
                condition=models.Q(("after__isnull", True)), fields=["table"], name="row_edit_takes_away"
            ),
        ),
        statements("0025_past.sql"),
        statements("0005_names.sql"),  # guards look into their own schema first, this one too
    ]
