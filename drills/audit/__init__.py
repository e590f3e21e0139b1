"""The site attacked by tools that others wrote: `make audit`.

Everything runs on this machine and asks this machine alone.
"""
