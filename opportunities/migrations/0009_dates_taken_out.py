"""Dates that a group takes out are kept until its people are told."""

import django.db.models.deletion
from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0008_followed_searches"),
    ]

    operations = [
        migrations.CreateModel(
            name="DateTakenOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("starts_at", models.DateTimeField()),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates_taken_out",
                        to="opportunities.opportunity",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
