"""Work among colleagues: watches, how far digests were read, and what was given to whom."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0012_undo'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('cell', 'Look after the cell'), ('recheck', 'Re-check the cell'), ('question', 'Find the answer')], max_length=8)),
                ('at', models.DateTimeField()),
                ('due', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('done_at', models.DateTimeField(null=True)),
                ('analyst', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('negotiation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='negotiations.negotiation')),
                ('position', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='negotiations.position')),
                ('question', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='negotiations.question')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due'), nulls_last=True), 'at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('task__in', ['cell', 'recheck', 'question'])), name='task_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('position__isnull', True), ('question__isnull', False), ('task', 'question')), models.Q(models.Q(('task', 'question'), _negated=True), ('position__isnull', False), ('question__isnull', True)), _connector='OR'), name='assignment_is_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='who_is_done_is_said'), models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('negotiation', 'task', 'position', 'question', 'analyst'), name='given_once_while_open', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='DigestMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read', models.BigIntegerField()),
                ('mailed', models.BigIntegerField()),
                ('by_mail', models.BooleanField(default=False)),
                ('negotiation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='digest_marks', to='negotiations.negotiation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digest_marks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('negotiation', 'user'), name='one_digest_mark_each')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('negotiation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='negotiations.negotiation')),
                ('party', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='negotiations.party')),
                ('priority', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='negotiations.priority')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='watches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'watches',
                'constraints': [models.UniqueConstraint(fields=('negotiation', 'user', 'party', 'priority'), name='watched_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('party__isnull', False), ('priority__isnull', False), _connector='OR'), name='watch_is_of_something')],
            },
        ),
        migrations.RunSQL((SQL / "0013_work.sql").read_text(encoding="utf-8")),
    ]
