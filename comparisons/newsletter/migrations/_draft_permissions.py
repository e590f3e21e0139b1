"""Publishers see the issues, and edit, hold and release the next one; administrators too."""

from django.contrib.auth.management import create_permissions

GIVEN = {
    "Publisher": ["view_issue", "view_draft", "change_draft"],
    "Administrator": ["view_issue", "view_draft", "change_draft"],
}


def give_permissions(apps, schema_editor):
    config = apps.get_app_config("newsletter")
    config.models_module = True  # permissions are usually made after the last migration
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    ours = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="newsletter")
    for name, codenames in GIVEN.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*ours.filter(codename__in=codenames))
