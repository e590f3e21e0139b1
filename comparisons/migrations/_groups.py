"""The three groups of the desk. Whoever joins one needs “staff status” too."""

from django.contrib.auth.management import create_permissions

VIEWED = ["category", "tool", "reviewer", "question", "verdict", "answer", "revision", "votebatch", "comparison"]
WRITTEN = ["tool", "verdict", "answer", "comparison"]
DESK = [
    *(f"view_{model}" for model in VIEWED),
    *(f"add_{model}" for model in WRITTEN),
    *(f"change_{model}" for model in WRITTEN),
]
PUBLISHER = [*DESK, "publish_tool", "merge_tool", "change_votebatch", "add_category", "change_category"]
ADMINISTRATED = ("reviews", "comparisons", "newsletter", "auth", "admin")
NEVER = ("add_revision", "change_revision", "delete_revision", "add_logentry", "change_logentry", "delete_logentry")


def make_groups(apps, schema_editor):
    # Permissions are usually made after the last migration, which is too late for the groups.
    for label in ADMINISTRATED:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label__in=ADMINISTRATED)
    for name, permissions in (
        ("Reviewer's desk", ours.filter(codename__in=DESK)),
        ("Publisher", ours.filter(codename__in=PUBLISHER)),
        ("Administrator", ours.exclude(codename__in=NEVER)),
    ):
        Group.objects.get_or_create(name=name)[0].permissions.set(permissions)
