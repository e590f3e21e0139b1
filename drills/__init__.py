"""Drills: each starts the site on this machine, does something bad to it and measures what visitors see.

Each is one command, such as `.venv/bin/python -m drills.slow_bodies`, and prints a table for
`drills/RESULTS.md`. The control is Django's WSGI application with eight threads in granian, the entry of
before.
"""
