#!/usr/bin/env python
"""Run a management command: `.venv/bin/python manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparisons.settings")
    # A page may ask the database for three seconds; a command works through whole tables and may take its
    # time.
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
    execute_from_command_line(sys.argv)
