import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0002_verdict_pick_if'),
    ]

    operations = [
        migrations.CreateModel(
            name='VoteHour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('votes', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='VoteNetwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=32)),
                ('votes', models.PositiveIntegerField(default=0)),
                ('pull', models.IntegerField(default=0)),
                ('seen_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='VoteNetworkKey',
            fields=[
                ('day', models.DateField(help_text='The first day of its life.', primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='vote',
            name='vote_decision_in_choices',
        ),
        migrations.RemoveConstraint(
            model_name='votebatch',
            name='vote_batch_one_waiting',
        ),
        migrations.RemoveConstraint(
            model_name='votebatch',
            name='vote_batch_status_in_choices',
        ),
        migrations.RemoveConstraint(
            model_name='votebatch',
            name='vote_batch_decided_has_a_moment',
        ),
        migrations.RemoveIndex(
            model_name='vote',
            name='vote_tool_cast_at',
        ),
        migrations.AddField(
            model_name='vote',
            name='base',
            field=models.CharField(blank=True, choices=[('ship', 'Ship'), ('skip', 'Skip')], db_default='', default='', help_text='What counted of this visitor before this vote was tied to others.', max_length=4),
        ),
        migrations.AddField(
            model_name='vote',
            name='is_first',
            field=models.BooleanField(db_default=True, default=True, help_text="The first vote of its network on the tool while the network's key lived."),
        ),
        migrations.AddField(
            model_name='vote',
            name='stands',
            field=models.CharField(blank=True, choices=[('ship', 'Ship'), ('skip', 'Skip')], db_default='', default='', help_text='What counts of this visitor while the vote waits, and after it was discarded: the earlier word, or nothing.', max_length=4),
        ),
        migrations.AddField(
            model_name='vote',
            name='subnetwork',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        migrations.AddField(
            model_name='votebatch',
            name='network',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        migrations.AddField(
            model_name='votebatch',
            name='pushes',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votebatch',
            name='ships',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votebatch',
            name='skips',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votebatch',
            name='waiting',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votetally',
            name='further_pushes',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votetally',
            name='further_ships',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votetally',
            name='further_skips',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='votetally',
            name='networks',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='networkkey',
            name='day',
            field=models.DateField(help_text='The first day of its life.', primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='vote',
            name='decision',
            field=models.CharField(blank=True, choices=[('ship', 'Ship'), ('skip', 'Skip')], help_text='Empty for a vote that was taken back.', max_length=4),
        ),
        migrations.AlterField(
            model_name='vote',
            name='network',
            field=models.CharField(blank=True, default='', help_text="A keyed hash of the visitor's network; its key lives 28 days.", max_length=16),
        ),
        migrations.AlterField(
            model_name='votebatch',
            name='status',
            field=models.CharField(choices=[('watched', 'Counts and is watched'), ('waiting', 'Waiting'), ('released', 'Released'), ('discarded', 'Discarded')], default='waiting', max_length=10),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('tool'), models.F('changed_at'), condition=models.Q(('batch', None)), name='vote_untied'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('tool'), models.F('network'), condition=models.Q(('network', ''), _negated=True), name='vote_tool_network'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('changed_at'), condition=models.Q(('decision', '')), name='vote_taken_back'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('batch'), models.F('decision'), models.F('changed_at'), condition=models.Q(('is_first', True), ('status', 'burst')), name='vote_next_to_release'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'ship', 'skip'])), name='vote_decision_or_nothing'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('stands__in', ['', 'ship', 'skip'])), name='vote_stands_or_nothing'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('base__in', ['', 'ship', 'skip'])), name='vote_base_or_nothing'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('network'), condition=models.Q(('reason', 'network'), ('status', 'waiting')), name='vote_batch_one_waiting_per_network'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['watched', 'waiting', 'released', 'discarded'])), name='vote_batch_status_in_choices', violation_error_message='Choose the status: watched, waiting, released, discarded.'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['watched', 'waiting']), ('decided_at__isnull', False), _connector='OR'), name='vote_batch_decided_has_a_moment'),
        ),
        migrations.AddField(
            model_name='votehour',
            name='tool',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vote_hours', to='reviews.tool'),
        ),
        migrations.AddField(
            model_name='votenetwork',
            name='tool',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vote_networks', to='reviews.tool'),
        ),
        migrations.AddIndex(
            model_name='votehour',
            index=models.Index(models.F('hour'), name='vote_hour_hour'),
        ),
        migrations.AddConstraint(
            model_name='votehour',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('hour'), name='vote_hour_once'),
        ),
        migrations.AddIndex(
            model_name='votenetwork',
            index=models.Index(models.F('tool'), models.F('pull'), name='vote_network_pull'),
        ),
        migrations.AddIndex(
            model_name='votenetwork',
            index=models.Index(models.F('seen_on'), name='vote_network_seen_on'),
        ),
        migrations.AddConstraint(
            model_name='votenetwork',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('digest'), name='vote_network_once'),
        ),
    ]
