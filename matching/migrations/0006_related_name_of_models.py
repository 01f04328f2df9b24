"""No name for the way back: `models` hid Django's module of that name inside `LearnedWeights`."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_suggestions_taken_back")]

    operations = [
        migrations.AlterField(
            model_name="modelversion",
            name="learned",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matching.learnedweights",
            ),
        ),
    ]
