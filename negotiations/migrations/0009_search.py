"""Search: how words are read, what is looked through, and what is there already."""

from pathlib import Path

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


def statements(name):
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0008_log_indexes'),
    ]

    operations = [
        statements("0008_search_words.sql"),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('passage', 'Passage'), ('quote', 'Quote'), ('stance', 'Rationale'), ('commitment', 'Commitment'), ('source', 'Source'), ('contradiction', 'Contradiction'), ('question', 'Question')], max_length=13)),
                ('row', models.BigIntegerField()),
                ('source', models.BigIntegerField(null=True)),
                ('paragraph', models.IntegerField(default=0)),
                ('start', models.IntegerField(default=0)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('day', models.DateField(null=True)),
                ('words', models.TextField()),
                ('vector', models.GeneratedField(db_persist=True, expression=models.Func('kind', 'language', 'words', function='search_vector'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('negotiation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.negotiation')),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'ordering': [models.OrderBy(models.F('day'), descending=True, nulls_last=True), '-id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='search_entry_words'), models.Index(models.F('negotiation'), models.OrderBy(models.F('day'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='search_entry_newest')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'row', 'start'), name='search_entry_is_unique')],
            },
        ),
        statements("0009_search_entries.sql"),
        statements("0005_names.sql"),  # once more, for the functions that are new
    ]
