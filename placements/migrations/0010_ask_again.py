"""Who withdrew, or whose place ended, may ask for the role again: a new application."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0009_pauses_blocks_concerns")]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="one_application_per_role"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["ended", "lapsed", "withdrawn"]), _negated=True),
                fields=("volunteer", "opportunity"),
                name="one_application_at_a_time",
            ),
        ),
    ]
