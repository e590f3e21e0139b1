"""The admin app, in a module of its own because Django loads it before the models."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin app with the editors' desk as its site."""

    default_site = "comparisons.desk.admin_site.Desk"
