from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0006_fill_facts'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='tool',
            name='entry_price',
        ),
        migrations.RemoveField(
            model_name='tool',
            name='facts_checked_on',
        ),
        migrations.RemoveField(
            model_name='tool',
            name='licence',
        ),
        migrations.RemoveField(
            model_name='tool',
            name='pricing',
        ),
        migrations.RemoveField(
            model_name='tool',
            name='vendor',
        ),
        migrations.RemoveField(
            model_name='tool',
            name='website',
        ),
    ]
