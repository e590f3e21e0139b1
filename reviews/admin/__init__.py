"""The editors' desk: importing this package registers its pages."""

from reviews.admin import catalogue, panel

__all__ = ["catalogue", "panel"]
