import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
import django.utils.timezone
import reviews.models.validators
from django.conf import settings
from django.db import migrations, models

from reviews.migrations._history_guard import allow_changes, refuse_changes
from reviews.migrations._search_structure import make_structure, remove_structure


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NetworkKey',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Tool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text="The tool's address: /tools/<em>slug</em>/.", max_length=120, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use lower-case letters, digits and single hyphens, such as “code-llama-4”.'), reviews.models.validators.validate_slug_leaves_vs_alone])),
                ('vendor', models.CharField(blank=True, help_text='Who makes it.', max_length=80)),
                ('kind', models.CharField(choices=[('model', 'Model'), ('library', 'Library'), ('toolkit', 'Toolkit'), ('application', 'Application'), ('service', 'Service')], help_text='The job it does.', max_length=20)),
                ('tagline', models.CharField(help_text='What it is, in one line without a full stop.', max_length=140)),
                ('description', models.TextField(help_text='Two or three sentences of facts; a claim is called a claim.', max_length=700)),
                ('website', models.URLField(blank=True)),
                ('entry_price', models.CharField(help_text='The least one can pay, such as “Free” or “$20 a month”.', max_length=40)),
                ('pricing', models.CharField(help_text='How it is paid for, in one line.', max_length=140)),
                ('licence', models.CharField(blank=True, help_text='Such as “Apache 2.0”. Empty means: not known.', max_length=80)),
                ('best_for', models.CharField(blank=True, help_text='What it is best for, as a noun phrase: “apps that must answer on the device”.', max_length=140)),
                ('avoid_if', models.CharField(blank=True, help_text='When to leave it, as a clause: “you need long chains of tool calls”.', max_length=140)),
                ('facts_checked_on', models.DateField(blank=True, help_text='When the facts above were last held against their source.', null=True)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=20)),
                ('published_at', models.DateTimeField(blank=True, help_text='A published tool shows from this moment on; a time to come means: scheduled.', null=True)),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('name')],
                'permissions': [('publish_tool', 'Can publish, schedule and retire tools'), ('merge_tool', 'Can merge two tools')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use lower-case letters, digits and single hyphens, such as “code-llama-4”.')])),
                ('description', models.CharField(blank=True, help_text='One or two sentences: what stands on this shelf.', max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Categories are listed in this order, smallest first.')),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['position', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='category_name_and_slug_not_blank', violation_error_message='Fill in: name, slug.')],
            },
        ),
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('window', models.BigIntegerField(help_text='When the window began, in seconds since 1970.')),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(models.F('window'), name='request_count_window')],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use lower-case letters, digits and single hyphens, such as “code-llama-4”.')])),
                ('position', models.PositiveSmallIntegerField(help_text='Reviewers are shown in this order everywhere.', unique=True)),
                ('motto', models.CharField(help_text='One sentence this reviewer would sign.', max_length=140)),
                ('lens', models.CharField(help_text='What this reviewer looks at.', max_length=300)),
                ('concern', models.CharField(blank=True, help_text='Completes “pick it if …” where this reviewer decides: “there must be a business in it”.', max_length=140)),
                ('excited_by', models.CharField(blank=True, max_length=300)),
                ('tired_of', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='reviewer_name_and_slug_not_blank', violation_error_message='Fill in: name, slug.')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=140)),
                ('label', models.CharField(help_text='The question in a word or two, for narrow places.', max_length=40)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='reviews.reviewer')),
            ],
            options={
                'ordering': ['reviewer__position', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DeskMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='desk_member', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_members', to='reviews.reviewer')),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField(help_text="The row's primary key.")),
                ('tool_id', models.BigIntegerField(help_text='The tool on whose page the row stands.', null=True)),
                ('name', models.CharField(help_text='What the row was called.', max_length=300)),
                ('action', models.CharField(choices=[('found', 'As it was before its first recorded change'), ('created', 'Created'), ('changed', 'Changed'), ('restored', 'Restored'), ('deleted', 'Deleted')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('editor', models.CharField(blank=True, help_text="The editor's name at the time.", max_length=150)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('changes', models.JSONField(default=dict, help_text='Per field what it said before and after, in words.')),
                ('snapshot', models.JSONField(default=dict, help_text='The whole row after the change; before it, where it was deleted.')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('tool_id'), models.F('id'), name='revision_tool'), models.Index(models.F('model'), models.F('object_id'), models.F('id'), name='revision_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('model', ''), _negated=True)), name='revision_model_not_blank', violation_error_message='Fill in: model.'), models.CheckConstraint(condition=models.Q(('action__in', ['found', 'created', 'changed', 'restored', 'deleted'])), name='revision_action_in_choices', violation_error_message='Choose the action: found, created, changed, restored, deleted.')],
            },
        ),
        migrations.CreateModel(
            name='VoteTally',
            fields=[
                ('tool', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='reviews.tool')),
                ('ships', models.PositiveIntegerField(default=0)),
                ('skips', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'vote tallies',
            },
        ),
        migrations.AddField(
            model_name='tool',
            name='category',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tools', to='reviews.category'),
        ),
        migrations.CreateModel(
            name='OldSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use lower-case letters, digits and single hyphens, such as “code-llama-4”.'), reviews.models.validators.validate_slug_leaves_vs_alone])),
                ('left_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_slugs', to='reviews.tool')),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('ship', 'Ship'), ('skip', 'Skip')], max_length=4)),
                ('score', models.PositiveSmallIntegerField(blank=True, help_text='0 to 100. Empty means: not known.', null=True)),
                ('body', models.TextField(help_text='One paragraph, best of 60 to 170 words.', max_length=1600)),
                ('reviewed_on', models.DateField()),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='reviews.reviewer')),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='reviews.tool')),
            ],
            options={
                'ordering': ['tool', 'reviewer__position'],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('tool', 'Tool'), ('verdict', 'Verdict')], max_length=20)),
                ('title', models.TextField(help_text="The tool's name; empty for a verdict.")),
                ('keywords', models.TextField(help_text='Tagline, vendor and category, separated by the character 31; empty for a verdict.')),
                ('body', models.TextField(help_text='The description; or the verdict and its answers, separated by the character 31.')),
                ('tool', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reviews.tool')),
                ('verdict', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reviews.verdict')),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'default_permissions': (),
                'default_manager_name': 'not_dumped',
            },
            managers=[
                ('not_dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=280)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='reviews.question')),
                ('verdict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='reviews.verdict')),
            ],
            options={
                'ordering': ['question__position'],
            },
        ),
        migrations.CreateModel(
            name='VoteBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('network', 'More votes from one network than is plausible'), ('burst', "A burst that does not fit the tool's past")], max_length=10)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('released', 'Released'), ('discarded', 'Discarded')], default='waiting', max_length=10)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, help_text='The editor, or “settled share” where the rule decided.', max_length=150)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vote_batches', to='reviews.tool')),
            ],
            options={
                'verbose_name': 'held batch',
                'verbose_name_plural': 'held votes',
                'ordering': ['-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.CharField(max_length=32)),
                ('decision', models.CharField(choices=[('ship', 'Ship'), ('skip', 'Skip')], max_length=4)),
                ('status', models.CharField(blank=True, choices=[('', 'Counts'), ('network', 'More votes from one network than is plausible'), ('burst', "A burst that does not fit the tool's past"), ('discarded', 'Discarded by an editor')], default='', max_length=10)),
                ('network', models.CharField(blank=True, help_text="A keyed hash of the visitor's network; its key lives a day.", max_length=32)),
                ('cast_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='reviews.tool')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='votes', to='reviews.votebatch')),
            ],
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(models.F('reviewer'), models.F('position'), name='question_position_unique', violation_error_message='This reviewer has a question at that position already.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True)), name='question_text_not_blank', violation_error_message='Fill in: text.'),
        ),
        migrations.AddConstraint(
            model_name='votetally',
            constraint=models.CheckConstraint(condition=models.Q(('ships__gte', 0), ('skips__gte', 0), ('waiting__gte', 0)), name='vote_tally_not_negative'),
        ),
        migrations.AddIndex(
            model_name='tool',
            index=models.Index(models.F('status'), models.F('published_at'), name='tool_published'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='tool_name_and_slug_not_blank', violation_error_message='Fill in: name, slug.'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['model', 'library', 'toolkit', 'application', 'service'])), name='tool_kind_in_choices', violation_error_message='Choose the kind: model, library, toolkit, application, service.'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'retired'])), name='tool_status_in_choices', violation_error_message='Choose the status: draft, published, retired.'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='tool_name_unique', violation_error_message='There is a tool of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(('slug__contains', '-vs-'), ('slug__startswith', 'vs-'), ('slug__endswith', '-vs'), ('slug', 'vs'), _connector='OR', _negated=True), name='tool_slug_leaves_vs_alone', violation_error_message="A tool's slug can't hold “vs” as a word: comparison addresses are made with it."),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.F('slug'), django.db.models.functions.text.Lower('slug')), name='tool_slug_is_lower_case', violation_error_message='A slug is written in lower-case letters.'),
        ),
        migrations.AddConstraint(
            model_name='tool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='tool_published_needs_published_at', violation_error_message='Say from when on a published tool is to be seen.'),
        ),
        migrations.AddConstraint(
            model_name='oldslug',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('slug', ''), _negated=True)), name='old_slug_slug_not_blank', violation_error_message='Fill in: slug.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('reviewer'), name='verdict_one_per_reviewer', violation_error_message='This reviewer has judged this tool already.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), models.Q(('score__gte', 0), ('score__lte', 100)), _connector='OR'), name='verdict_score_0_to_100', violation_error_message='A score is a whole number from 0 to 100, or empty when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['ship', 'skip'])), name='verdict_decision_in_choices', violation_error_message='Choose the decision: ship, skip.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True)), name='verdict_body_not_blank', violation_error_message='Fill in: body.'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['id', 'tool', 'kind'], name='reviews_search_narrow'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(models.F('verdict'), models.F('question'), name='answer_one_per_question', violation_error_message='This question is answered already.'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 280), name='answer_text_up_to_280', violation_error_message='At most 280 characters.'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True)), name='answer_text_not_blank', violation_error_message='Fill in: text.'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('reason'), condition=models.Q(('status', 'waiting')), name='vote_batch_one_waiting'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'released', 'discarded'])), name='vote_batch_status_in_choices', violation_error_message='Choose the status: waiting, released, discarded.'),
        ),
        migrations.AddConstraint(
            model_name='votebatch',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'waiting'), ('decided_at__isnull', False), _connector='OR'), name='vote_batch_decided_has_a_moment'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('visitor'), name='vote_visitor'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('tool'), models.F('cast_at'), name='vote_tool_cast_at'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(models.F('tool'), models.F('visitor'), name='vote_one_per_visitor'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['ship', 'skip'])), name='vote_decision_in_choices', violation_error_message='Choose the decision: ship, skip.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['', 'network', 'burst', 'discarded'])), name='vote_status_in_choices', violation_error_message='Choose the status: , network, burst, discarded.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('visitor', ''), _negated=True)), name='vote_visitor_not_blank', violation_error_message='Fill in: visitor.'),
        ),
        migrations.RunPython(make_structure, remove_structure),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
