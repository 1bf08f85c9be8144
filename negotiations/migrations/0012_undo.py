"""An act may say which earlier one it undoes; and what an act brought is found by its revision."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0011_saved_views")]

    operations = [
        migrations.AddField(model_name="change", name="undoes", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                fields=["negotiation", "undoes"],
                condition=models.Q(("undoes__isnull", False)),
                name="change_by_undone",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undoes__isnull", True), ("undoes__lt", models.F("revision")), _connector="OR"
                ),
                name="change_undoes_an_earlier_one",
            ),
        ),
        statements("0012_undo.sql"),
        statements("0005_names.sql"),  # once more, for the function that is new
    ]
