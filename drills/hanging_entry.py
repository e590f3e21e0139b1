"""The site's entry, but each comparison hangs for good, and deadlines are short. `/process/` says
which process answers."""

import os
import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from comparisons.asgi import application
from comparisons.http.front_door import door

door.HOPELESS_SECONDS = 1.0
application.routes.reading.seconds = 0.5
_site = application.django


def hang(environ: dict[str, Any], start_response: Callable[..., Any]) -> HttpResponseBase:
    if environ["PATH_INFO"].startswith("/compare/"):
        threading.Event().wait()
    if environ["PATH_INFO"] == "/process/":
        start_response("200 OK", [])
        return HttpResponse(str(os.getpid()))
    return _site(environ, start_response)


application.django = hang
