"""Choices that several models share. Imports no model."""

from django.db import models


class Decision(models.TextChoices):
    SHIP = "ship", "Ship"
    SKIP = "skip", "Skip"


class Kind(models.TextChoices):
    """The job a tool does."""

    MODEL = "model", "Model"
    LIBRARY = "library", "Library"
    TOOLKIT = "toolkit", "Toolkit"
    APPLICATION = "application", "Application"
    SERVICE = "service", "Service"


class Status(models.TextChoices):
    """Whether readers see a tool."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class VoteStatus(models.TextChoices):
    """Whether a vote counts, and if not, why."""

    COUNTS = "", "Counts"
    NETWORK = "network", "More votes from one network than is plausible"
    BURST = "burst", "A burst that does not fit the tool's past"
    DISCARDED = "discarded", "Discarded by an editor"


class BatchStatus(models.TextChoices):
    WATCHED = "watched", "Counts and is watched"
    WAITING = "waiting", "Waiting"
    RELEASED = "released", "Released"
    DISCARDED = "discarded", "Discarded"


class Action(models.TextChoices):
    FOUND = "found", "As it was before its first recorded change"
    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    RESTORED = "restored", "Restored"
    DELETED = "deleted", "Deleted"
