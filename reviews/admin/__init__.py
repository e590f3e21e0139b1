"""The editors' desk: importing this package registers its pages."""

from reviews.admin import attributes, members, proposals, reviewers, revisions, tools, votes

__all__ = ["attributes", "members", "proposals", "reviewers", "revisions", "tools", "votes"]
