from django.db import migrations

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):
    """What a unit reported is not rewritten."""

    dependencies = [("quality", "0001_first")]

    operations = [forbid_changes("quality_correctiveaction")]
