"""A plan says how many of those who wait have not said what they would like."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0013_who_named_it_apart_from_who_has_not_said")]

    operations = [
        migrations.AddField(
            model_name="roleplan",
            name="silent",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
