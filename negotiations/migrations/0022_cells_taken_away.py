"""A contradiction may touch a cell no more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0021_removals'),
    ]

    operations = [
        migrations.AddField(
            model_name='contradictioncell',
            name='taken_away',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
