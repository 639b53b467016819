from importlib import import_module

from django.db import migrations, models

# On SQLite an altered table is built anew and loses its triggers: they are put down before and set up again after.
FROZEN = import_module("lientuc.surveys.migrations.0002_frozen_when_published")
TYPES = ["text", "integer", "decimal", "date", "select_one", "select_multiple", "note", "calculate", "hidden"]
LENGTHS = {
    "hint_vi": 500,
    "hint_en": 500,
    "message_vi": 300,
    "message_en": 300,
    "missing_vi": 300,
    "missing_en": 300,
    "appearance": 16,
    "calculation": 1000,
}
KNOWN = "surveys_item_type_known"


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0003_records'),
    ]

    operations = [
        migrations.RunPython(FROZEN.back, FROZEN.forward),
        migrations.RemoveConstraint(model_name="item", name=KNOWN),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(type__in=TYPES), name=KNOWN),
        ),
        *(
            migrations.AddField(
                model_name="item",
                name=name,
                field=models.CharField(max_length=length, blank=True, default=""),
            )
            for name, length in LENGTHS.items()
        ),
        migrations.RunPython(FROZEN.forward, FROZEN.back),
    ]
