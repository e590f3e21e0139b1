"""The editors' desk: importing this package registers its pages."""

from reviews.admin import catalogue, community, panel, people, revisions

__all__ = ["catalogue", "community", "panel", "people", "revisions"]
