"""A file may be taken in again where the text that had it is taken out."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0022_cells_taken_away'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="original", name="original_kept_once"),
        migrations.AddConstraint(
            model_name="original",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "sha256", "revision"), name="original_kept_once_in_an_act"
            ),
        ),
    ]
