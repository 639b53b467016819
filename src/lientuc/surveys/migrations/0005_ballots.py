import django.db.models.deletion
import lientuc.core.ids
from django.db import migrations, models

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0006_leaner'),
        ('surveys', '0004_item_wording'),
    ]

    operations = [
        migrations.CreateModel(
            name='BallotBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('code', models.CharField(max_length=24, unique=True)),
                ('public_key', models.CharField(max_length=500)),
                ('signing_key', models.BinaryField(null=True)),
                ('sealing_key', models.BinaryField(null=True)),
                ('cards_printed', models.IntegerField(default=0)),
                ('destroyed', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='IssuedBallot',
            fields=[
                ('id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('blinded', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='PrintedBallot',
            fields=[
                ('id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpentBallot',
            fields=[
                ('id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='WaitingAnswers',
            fields=[
                ('id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, primary_key=True, serialize=False)),
                ('packet', models.BinaryField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='surveys_invitation_state_known',
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'delivered', 'opened', 'started', 'completed', 'refused', 'issued'])), name='surveys_invitation_state_known'),
        ),
        migrations.AddField(
            model_name='ballotbox',
            name='wave',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.wave'),
        ),
        migrations.AddField(
            model_name='issuedballot',
            name='invitation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.invitation'),
        ),
        migrations.AddField(
            model_name='printedballot',
            name='box',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.ballotbox'),
        ),
        migrations.AddField(
            model_name='spentballot',
            name='box',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.ballotbox'),
        ),
        migrations.AddField(
            model_name='waitinganswers',
            name='box',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.ballotbox'),
        ),
        migrations.AddConstraint(
            model_name='ballotbox',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealing_key__isnull', True), ('signing_key__isnull', True)), models.Q(('sealing_key__isnull', False), ('signing_key__isnull', False)), _connector='OR'), name='surveys_ballotbox_keys_together'),
        ),
        migrations.AddConstraint(
            model_name='issuedballot',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['browser', 'card'])), name='surveys_issuedballot_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='issuedballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('blinded', ''), ('kind', 'card')), models.Q(('kind', 'browser'), models.Q(('blinded', ''), _negated=True)), _connector='OR'), name='surveys_issuedballot_blinded_in_browser'),
        ),
        migrations.AddConstraint(
            model_name='spentballot',
            constraint=models.UniqueConstraint(fields=('box', 'digest'), name='surveys_spentballot_once'),
        ),
        forbid_changes("surveys_issuedballot", "surveys_printedballot", "surveys_spentballot"),
    ]
