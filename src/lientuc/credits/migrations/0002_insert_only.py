"""Entries and reversals are written once."""

from django.db import migrations

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_first")]

    operations = [forbid_changes("credits_creditentry", "credits_reversal")]
