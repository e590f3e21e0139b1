"""The control: Django's WSGI application without the front door."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparisons.settings")
application = get_wsgi_application()

if connection.vendor == "sqlite":
    connection.ensure_connection()
