"""What the web server serves: `granian --interface wsgi comparisons.wsgi:application`."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparisons.settings")
application = get_wsgi_application()

if connection.vendor == "sqlite":
    # This thread answers no request and keeps its connection: on a full disk a first connection could not even read.
    connection.ensure_connection()

if not settings.MAIL_IS_SET_UP:
    what = "mails are printed here" if settings.DEBUG else "nobody can subscribe to the letter, and the form says so"
    logging.getLogger("comparisons").warning("MAIL_URL is not set: %s.", what)
