"""The first table of responsibilities had no writer and no rows; decisions with cells take its place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_first")]
    operations = [migrations.DeleteModel("Responsibility")]
