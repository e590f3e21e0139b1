"""What the web server serves: `granian --interface asgi comparisons.asgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparisons.settings")
django = get_wsgi_application()

from comparisons.http.front_door.door import FrontDoor  # noqa: E402 (Django has to be set up first)
from comparisons.http.front_door.process import prepare_process  # noqa: E402

prepare_process()
application = FrontDoor(django)
