from reviews.models.catalogue import Category, Kind, Status, Tool
from reviews.models.panel import Answer, Decision, Question, Reviewer, Verdict

__all__ = ["Answer", "Category", "Decision", "Kind", "Question", "Reviewer", "Status", "Tool", "Verdict"]
