import comparisons.newsletter.models.subscriber
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text="1, 2, 3 and so on. Two runs at once can't both make one.", unique=True)),
                ('published_on', models.DateField(help_text="The issue's address: /newsletter/<em>date</em>/.", unique=True)),
                ('since', models.DateTimeField(help_text='It tells what happened from this moment on')),
                ('until', models.DateTimeField(help_text='and before this one.')),
                ('subject', models.CharField(max_length=200)),
                ('contents', models.JSONField()),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True)), name='issue_subject_not_blank', violation_error_message='Fill in: subject.'), models.CheckConstraint(condition=models.Q(('since__lt', models.F('until'))), name='issue_since_before_until'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='issue_numbered_from_1')],
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='address')),
                ('token', models.CharField(default=comparisons.newsletter.models.subscriber.new_token, help_text='Stands in the link to leave. It does not expire.', max_length=22, unique=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True, verbose_name='left at')),
                ('last_digest_at', models.DateTimeField(blank=True, null=True, verbose_name='last letter at')),
                ('hard_bounces', models.PositiveSmallIntegerField(default=0, help_text='How often its mail server refused the address for good. At 3, no more letters.')),
                ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='last refused at')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='subscriber_address_unique'), models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('token', ''), _negated=True)), name='subscriber_email_and_token_not_blank', violation_error_message='Fill in: email, token.'), models.CheckConstraint(condition=models.Q(('unsubscribed_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='subscriber_unsubscribed_after_confirming')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Begun, not acknowledged'), ('sent', 'Sent'), ('refused', 'Refused'), ('unsubscribed', 'Left before it was sent')], default='waiting', max_length=12)),
                ('claim', models.CharField(blank=True, help_text='The run that began it.', max_length=22)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often it was put off or refused.')),
                ('reply', models.CharField(blank=True, help_text='What the mail server said last, when it did not take it.', max_length=300)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='newsletter.issue')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='newsletter.subscriber')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(models.F('issue'), models.F('state'), models.F('id'), name='delivery_by_state')],
                'constraints': [models.UniqueConstraint(models.F('issue'), models.F('subscriber'), name='delivery_once_per_subscriber'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'claimed', 'sent', 'refused', 'unsubscribed'])), name='delivery_state_in_choices', violation_error_message='Choose the state: waiting, claimed, sent, refused, unsubscribed.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'claimed'), _negated=True), models.Q(('claimed_at__isnull', False), models.Q(('claim', ''), _negated=True)), _connector='OR'), name='delivery_claimed_by_a_run'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='delivery_sent_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_words', models.TextField(help_text='What stood beside the form.')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_words', models.TextField(blank=True, help_text='What stood on the button that the mailed link led to.')),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='newsletter.subscriber')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asked_words', ''), _negated=True)), name='consent_asked_words_not_blank', violation_error_message='Fill in: asked_words.'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('confirmed_words', ''), _negated=True), _connector='OR'), name='consent_confirmed_in_words')],
            },
        ),
    ]
