from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0011_kept_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="simulation",
            name="of_month",
            field=models.CharField(blank=True, default="", max_length=7),
        ),
        migrations.AddConstraint(
            model_name="simulation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of_month", ""), _negated=True),
                fields=("of_month", "of_plan", "answer_soon"),
                name="simulated_once_a_month",
            ),
        ),
    ]
