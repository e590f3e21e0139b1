"""What the web server serves: `granian --interface wsgi comparisons.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparisons.settings")
application = get_wsgi_application()
