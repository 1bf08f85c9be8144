"""When a party, a person or another noun was out of the negotiation; and search finds nothing that is undone."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0020_reviewed_stances'),
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=63)),
                ('row', models.BigIntegerField()),
                ('since', models.BigIntegerField()),
                ('until', models.BigIntegerField(null=True)),
                ('negotiation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='removals', to='negotiations.negotiation')),
            ],
            options={
                'ordering': ['since', 'id'],
                'constraints': [models.UniqueConstraint(fields=('table', 'row', 'since'), name='removal_is_unique'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='removal_ends_later')],
            },
        ),
        migrations.RemoveConstraint(model_name="contradictionproof", name="contradiction_quote_once_on_a_side"),
        migrations.RemoveConstraint(model_name="contradictioncell", name="contradiction_touches_a_cell_once"),
        migrations.AddConstraint(
            model_name="contradictionproof",
            constraint=models.UniqueConstraint(
                fields=("side", "quote", "revision"), name="contradiction_quote_once_in_an_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="contradictioncell",
            constraint=models.UniqueConstraint(
                fields=("contradiction", "position", "revision"), name="contradiction_touches_a_cell_once_in_an_act"
            ),
        ),
        statements("0021_removals.sql"),
        statements("0021_search_undone.sql"),
        statements("0005_names.sql"),  # once more, for the functions that are new
    ]
