"""Comments on a plan are written once."""

from django.db import migrations

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_first")]
    operations = [forbid_changes("planning_plancomment")]
