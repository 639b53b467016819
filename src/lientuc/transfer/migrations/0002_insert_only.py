from django.db import migrations

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):
    """What was noted of a follow-up is not rewritten; a later note corrects it."""

    dependencies = [("transfer", "0001_first")]

    operations = [forbid_changes("transfer_followup")]
