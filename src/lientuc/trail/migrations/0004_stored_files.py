import django.db.models.deletion
import lientuc.core.clock
import lientuc.core.ids
from django.db import migrations, models

from lientuc.trail.rows import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ('trail', '0003_cache_table'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NoticeMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=lientuc.core.ids.new_public_id, editable=False, unique=True)),
                ('sent_at', models.DateTimeField(default=lientuc.core.clock.now)),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='trail.notice')),
            ],
            options={
                'abstract': False,
            },
        ),
        forbid_changes('trail_storedfile', 'trail_noticemail'),
    ]
