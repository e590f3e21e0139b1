from django.db import migrations

from comparisons.newsletter.migrations._draft_permissions import give_permissions


class Migration(migrations.Migration):

    dependencies = [
        ('newsletter', '0002_drafts'),
        ('comparisons', '0002_attribute_permissions'),
    ]

    operations = [
        migrations.RunPython(give_permissions, migrations.RunPython.noop, elidable=True),
    ]
