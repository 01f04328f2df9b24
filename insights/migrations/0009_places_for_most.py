"""Segments say how many places suit most of their people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0008_segments_that_are_gone_are_not_told")]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="places_for_most",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
