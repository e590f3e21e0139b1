"""When a session began is noted in it, whoever began it."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone


def note_beginning(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session["began_at"] = request.session["seen_at"] = timezone.now().timestamp()
