from django.db import migrations

from comparisons.migrations._attribute_permissions import give_permissions


class Migration(migrations.Migration):

    dependencies = [
        ('comparisons', '0001_initial'),
        ('reviews', '0005_facts'),
    ]

    operations = [
        migrations.RunPython(give_permissions, migrations.RunPython.noop, elidable=True),
    ]
