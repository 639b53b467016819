from django.db import migrations

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):
    """Audit rows, seals, idempotency keys and attachments are written once."""

    dependencies = [("trail", "0001_first")]

    operations = [
        forbid_changes("trail_auditentry", "trail_auditseal", "trail_doneonce", "trail_attachment"),
    ]
