"""People can say that they did a course while they waited."""

import django.db.models.deletion
from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0011_useful_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseDone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="placements.usefullink",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="courses_done",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "courses done",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("volunteer", "link"), name="a_course_is_done_once"
                    )
                ],
            },
        ),
    ]
