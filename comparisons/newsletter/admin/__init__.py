"""The letter at the editors' desk: importing this package registers its pages."""

from comparisons.newsletter.admin import issues, subscribers

__all__ = ["issues", "subscribers"]
