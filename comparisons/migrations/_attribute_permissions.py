"""Editors of the three groups and the attributes of tools: all see them, publishers enter and change them.

Facts need no permissions: whoever may edit a tool may edit its facts.
"""

from django.contrib.auth.management import create_permissions

GIVEN = {
    "Reviewer's desk": ["view_attribute"],
    "Publisher": ["view_attribute", "add_attribute", "change_attribute"],
    "Administrator": ["view_attribute", "add_attribute", "change_attribute", "delete_attribute"],
}


def give_permissions(apps, schema_editor):
    config = apps.get_app_config("reviews")
    config.models_module = True  # permissions are usually made after the last migration
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    ours = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="reviews")
    for name, codenames in GIVEN.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*ours.filter(codename__in=codenames))
