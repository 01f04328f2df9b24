"""It is kept week by week how many places suit most of a segment's people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0009_places_for_most")]

    operations = [
        migrations.AddField(
            model_name="segmentweek",
            name="places_for_most",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
