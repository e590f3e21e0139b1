from reviews.models.catalogue import Category, Kind, Status, Tool
from reviews.models.panel import Answer, Decision, Question, Reviewer, Verdict
from reviews.models.search import SearchEntry

__all__ = ["Answer", "Category", "Decision", "Kind", "Question", "Reviewer", "SearchEntry", "Status", "Tool", "Verdict"]
