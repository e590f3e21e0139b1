"""`manage.py welcome`: says where the site is served and what to look at first."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say where the site is and how to make an editor's account, as `make run` does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", required=True, help="where the site is about to be served")

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["url"]
        self.stdout.write("")
        self.stdout.write(self.style.SUCCESS(f"  {url}/"))
        self.stdout.write(f"  {url}/compare/gradio-vs-streamlit/")
        self.stdout.write(f"  {url}/admin/    the editors' desk")
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.stdout.write(
                "  Make an editor's account, in another terminal: .venv/bin/python manage.py createsuperuser"
            )
        self.stdout.write("  Ctrl+C stops the site.\n")
