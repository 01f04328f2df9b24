from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is published says from now on which segments are told of."""
    gone = apps.get_model("insights", "Segment").objects.filter(gone_at__isnull=False)
    gone.update(published_month="", published={})


class Migration(migrations.Migration):
    dependencies = [("insights", "0007_simulations")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
