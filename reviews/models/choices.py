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
    """How far a tool has come. Readers see published tools, from their moment on."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class Stage(models.TextChoices):
    """A status, where published is told apart from scheduled, which is yet to come."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class ProposalState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Taken back"
    REPLACED = "replaced", "Replaced by a later one"


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


class AttributeType(models.TextChoices):
    """What the values of an attribute are."""

    INTEGER = "integer", "Whole number"
    DECIMAL = "decimal", "Decimal number"
    MONEY = "money", "Money, in US dollars"
    YES_PARTLY_NO = "yes_partly_no", "Yes, partly or no"
    CHOICES = "choices", "Choice of several"
    TEXT = "text", "Text"
    ADDRESS = "address", "Web address"
    DAY = "day", "Day"


NUMERIC = (AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY)
"""Types whose values are stored as numbers too, for filters and bars."""


class Better(models.TextChoices):
    """Which of two numbers is the better one."""

    NONE = "none", "Neither"
    HIGHER = "higher", "The higher one"
    LOWER = "lower", "The lower one"


class FactState(models.TextChoices):
    """How far a fact can be relied on."""

    CHECKED = "checked", "Checked against a source"
    CLAIMED = "claimed", "Claimed by the maker"
    GIVEN = "given", "Given, not checked"
    UNKNOWN = "unknown", "Not known"


class Basis(models.TextChoices):
    """What a verdict rests on."""

    DOCUMENTS = "documents", "Documents read"
    BENCHMARK = "benchmark", "Benchmark"
    HANDS_ON = "hands-on", "Hands-on"


class Authorship(models.TextChoices):
    """How a verdict's text was written."""

    NOT_SAID = "not-said", "Not said"
    HAND = "hand", "By hand"
    DRAFTED = "drafted", "Drafted by a machine, then reviewed by a person"
    MACHINE = "machine", "By a machine"
