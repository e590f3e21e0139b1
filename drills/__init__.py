"""Hardship on purpose: each drill starts the site on this machine, does something bad to it and measures what
visitors see.

Each runs by one command, such as `.venv/bin/python -m drills.slow_bodies`, and prints a table for
`drills/RESULTS.md`. The control in each is the entry of before, Django's WSGI application with eight threads
in granian.
"""
