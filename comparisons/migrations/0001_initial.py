import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

from comparisons.migrations._groups import make_groups


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reviews', '0001_initial'),
        ('newsletter', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('admin', '0003_logentry_add_action_flag_choices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('format', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('may_be_incomplete', models.BooleanField(default=False)),
                ('editor', models.CharField(max_length=150)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.tool')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(models.F('visitor'), models.F('tool'), name='bookmark_once_per_visitor')],
            },
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('rivals', 'Direct rivals'), ('overlapping', 'Overlapping'), ('different', 'Different jobs')], max_length=20)),
                ('note', models.CharField(blank=True, help_text='One or two sentences: what choosing between the two is about.', max_length=300)),
                ('published_at', models.DateTimeField(blank=True, help_text='Readers find it from this moment on. Empty means: a draft.', null=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.tool')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.tool')),
            ],
            options={
                'ordering': ['-published_at', '-pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Least('first', 'second'), django.db.models.functions.comparison.Greatest('first', 'second'), name='comparison_pair_unique', violation_error_message='These two are compared already, perhaps in the other order.'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='comparison_of_two_tools', violation_error_message="A tool can't be compared with itself: choose two."), models.CheckConstraint(condition=models.Q(('relation__in', ['rivals', 'overlapping', 'different'])), name='comparison_relation_in_choices', violation_error_message='Choose the relation: rivals, overlapping, different.')],
            },
        ),
        # Backwards nothing is taken away: an operator may have put people into the groups.
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
