"""The editors' desk: importing this package registers its pages."""

from reviews.admin import members, reviewers, revisions, tools, votes

__all__ = ["members", "reviewers", "revisions", "tools", "votes"]
