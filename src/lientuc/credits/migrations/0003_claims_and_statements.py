import django.db.models.deletion
import lientuc.core.clock
import lientuc.core.ids
import lientuc.credits.enums
from django.db import migrations, models

from lientuc.trail.rows import forbid_changes


def drop_triggers(apps, schema_editor):
    """A changed constraint rebuilds the table on SQLite, triggers and all; PostgreSQL keeps them: both begin anew."""
    on_table = " ON credits_creditentry" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS credits_creditentry_no_{verb}{on_table}")


class Migration(migrations.Migration):

    dependencies = [
        ('credits', '0002_insert_only'),
        ('places', '0001_first'),
        ('registry', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('activity_on', models.DateField()),
                ('form', models.CharField(max_length=24)),
                ('role', models.CharField(max_length=16)),
                ('level', models.CharField(blank=True, max_length=16)),
                ('units', models.DecimalField(decimal_places=2, max_digits=7)),
                ('decided_quarters', models.IntegerField(null=True)),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=300)),
                ('issuer', models.CharField(blank=True, max_length=200)),
                ('certificate_number', models.CharField(blank=True, max_length=80)),
                ('abroad', models.BooleanField(default=False)),
                ('recognition_number', models.CharField(blank=True, max_length=80)),
                ('recognised_on', models.DateField(null=True)),
                ('recognised_by', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(default=lientuc.credits.enums.ClaimState['SUBMITTED'], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('drawn', models.BooleanField(default=False)),
                ('submitted_at', models.DateTimeField(default=lientuc.core.clock.now)),
                ('submitted_by', models.CharField(max_length=64)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(max_length=64, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ClaimSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('rule', models.CharField(max_length=12)),
                ('step', models.IntegerField()),
                ('seed', models.IntegerField(default=0)),
                ('waiting', models.IntegerField()),
                ('drawn', models.IntegerField()),
                ('made_at', models.DateTimeField(default=lientuc.core.clock.now)),
                ('made_by', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('on_date', models.DateField(default=lientuc.core.clock.today)),
                ('content', models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('made_at', models.DateTimeField(default=lientuc.core.clock.now)),
                ('made_by', models.CharField(max_length=64)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='creditentry',
            name='credits_creditentry_source_known',
        ),
        migrations.AddConstraint(
            model_name='creditentry',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['form', 'excel', 'api', 'command', 'award', 'register_book', 'claim', 'names'])), name='credits_creditentry_source_known'),
        ),
        migrations.AddField(
            model_name='claim',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='credits.creditentry'),
        ),
        migrations.AddField(
            model_name='claim',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.healthworker'),
        ),
        migrations.AddField(
            model_name='claimsample',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation'),
        ),
        migrations.AddField(
            model_name='claim',
            name='sample',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='credits.claimsample'),
        ),
        migrations.AddField(
            model_name='statement',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation'),
        ),
        migrations.AddField(
            model_name='statement',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.healthworker'),
        ),
        migrations.AddConstraint(
            model_name='claimsample',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['every_kth', 'random'])), name='credits_claimsample_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='claimsample',
            constraint=models.CheckConstraint(condition=models.Q(('step__gte', 1), ('step__lte', 100)), name='credits_claimsample_step'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['state', 'submitted_at', 'id'], name='credits_claim_queue'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'returned', 'accepted', 'refused', 'withdrawn'])), name='credits_claim_state_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='credits_claim_decided_paired'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='credits_claim_units'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('state', lientuc.credits.enums.ClaimState['ACCEPTED'])), models.Q(models.Q(('state', lientuc.credits.enums.ClaimState['ACCEPTED']), _negated=True), ('entry__isnull', True)), _connector='OR'), name='credits_claim_accepted_has_entry'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recognised_by', ''), ('recognised_on__isnull', True), ('recognition_number', '')), models.Q(models.Q(('recognition_number', ''), _negated=True), ('recognised_on__isnull', False), models.Q(('recognised_by', ''), _negated=True)), _connector='OR'), name='credits_claim_recognition_whole'),
        ),
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        forbid_changes('credits_creditentry', 'credits_statement'),
    ]
