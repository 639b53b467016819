import django.db.models.deletion
import lientuc.core.ids
import lientuc.surveys.enums
from django.db import migrations, models

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0005_ballots'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('number', models.IntegerField()),
                ('state', models.CharField(default=lientuc.surveys.enums.SheetState['ONCE'], max_length=10)),
                ('differing', models.IntegerField(default=0)),
                ('response', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.response')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.wave')),
            ],
        ),
        migrations.CreateModel(
            name='PaperTyping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('turn', models.IntegerField()),
                ('answers', models.JSONField(default=list)),
                ('cleared', models.IntegerField(default=0)),
                ('typed_at', models.DateTimeField()),
                ('typed_by', models.CharField(max_length=64)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.papersheet')),
            ],
        ),
        migrations.AddConstraint(
            model_name='papersheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['once', 'differs', 'done'])), name='surveys_papersheet_state_known'),
        ),
        migrations.AddConstraint(
            model_name='papersheet',
            constraint=models.UniqueConstraint(fields=('wave', 'number'), name='surveys_papersheet_number'),
        ),
        migrations.AddConstraint(
            model_name='papersheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('response__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('response__isnull', True)), _connector='OR'), name='surveys_papersheet_done_counts'),
        ),
        migrations.AddConstraint(
            model_name='papertyping',
            constraint=models.UniqueConstraint(fields=('sheet', 'turn'), name='surveys_papertyping_once'),
        ),
        migrations.AddConstraint(
            model_name='papertyping',
            constraint=models.CheckConstraint(condition=models.Q(('turn__in', [1, 2])), name='surveys_papertyping_twice_at_most'),
        ),
        forbid_changes("surveys_papertyping"),
    ]
