from reviews.models.catalogue import Category, Kind, Status, Tool
from reviews.models.community import BatchStatus, Held, Vote, VoteBatch, VoteTally
from reviews.models.panel import Answer, Decision, Question, Reviewer, Verdict
from reviews.models.search import SearchEntry
from reviews.models.visitors import NetworkKey, RequestCount

__all__ = [
    "Answer",
    "BatchStatus",
    "Category",
    "Decision",
    "Held",
    "Kind",
    "NetworkKey",
    "Question",
    "RequestCount",
    "Reviewer",
    "SearchEntry",
    "Status",
    "Tool",
    "Verdict",
    "Vote",
    "VoteBatch",
    "VoteTally",
]
