"""What more places would do is worked out with the plan of roles; what was kept before counted as
if everybody asked, and goes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0014_who_has_not_said_what_they_would_like")]

    operations = [
        migrations.RemoveField(model_name="unmetweek", name="more_places"),
        migrations.RemoveField(model_name="roleplan", name="worth"),
        migrations.AddField(
            model_name="roleplan",
            name="more_places",
            field=models.JSONField(default=list),
        ),
    ]
