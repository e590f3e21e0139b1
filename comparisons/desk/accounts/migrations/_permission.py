"""Administrators see who signed in."""

from django.contrib.auth.management import create_permissions


def let_administrators_see(apps, schema_editor):
    config = apps.get_app_config("accounts")
    config.models_module = True  # permissions are usually made after the last migration
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    seen = Permission.objects.filter(content_type__app_label="accounts", codename="view_signin")
    for group in Group.objects.filter(name="Administrator"):
        group.permissions.add(*seen)
