"""Annual reports are kept as they were."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0010_places_for_most_by_week"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.CharField(max_length=7)),
                ("is_final", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("contents", models.JSONField()),
                ("kept_at", models.DateTimeField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-is_final", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_final", True)),
                        fields=("year",),
                        name="one_final_report_of_a_year",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_final", False)),
                        fields=("year", "name"),
                        name="one_copy_of_a_name_in_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_final", True), ("name", "")),
                            models.Q(("is_final", False), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="copy_of_a_report_has_a_name",
                    ),
                ],
            },
        ),
    ]
