from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache lives in the database, so that sign-in limits hold over all processes."""

    dependencies = [("trail", "0002_insert_only")]

    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
