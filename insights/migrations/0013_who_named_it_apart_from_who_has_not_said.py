"""Who named a kind of work is counted apart from who has not said what they would like.

Plans of before count both as one, which cannot be taken apart: they go, and a new one is made the
next night.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def drop_plans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("insights", "RolePlan").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("insights", "0012_simulated_each_month")]

    operations = [
        migrations.AddField(
            model_name="countedpeople",
            name="not_said",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="countedpeople",
            constraint=models.CheckConstraint(
                name="counted_who_have_not_said_are_enough",
                condition=Q(not_said__isnull=True) | Q(not_said__gte=8, people__isnull=False),
            ),
        ),
        migrations.RunPython(drop_plans, migrations.RunPython.noop),
    ]
