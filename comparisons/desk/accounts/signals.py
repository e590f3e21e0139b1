"""Notes in each session when it began."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone


def note_beginning(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session["began_at"] = request.session["seen_at"] = timezone.now().timestamp()
