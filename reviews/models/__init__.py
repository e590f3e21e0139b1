from reviews.models.addresses import OldSlug
from reviews.models.catalogue import Category, Kind, Status, Tool
from reviews.models.community import BatchStatus, Held, Vote, VoteBatch, VoteTally
from reviews.models.desk import DeskMember
from reviews.models.history import Action, Revision
from reviews.models.panel import Answer, Decision, Question, Reviewer, Verdict
from reviews.models.search import SearchEntry
from reviews.models.visitors import NetworkKey, RequestCount

__all__ = [
    "Action",
    "Answer",
    "BatchStatus",
    "Category",
    "Decision",
    "DeskMember",
    "Held",
    "Kind",
    "NetworkKey",
    "OldSlug",
    "Question",
    "RequestCount",
    "Reviewer",
    "Revision",
    "SearchEntry",
    "Status",
    "Tool",
    "Verdict",
    "Vote",
    "VoteBatch",
    "VoteTally",
]
