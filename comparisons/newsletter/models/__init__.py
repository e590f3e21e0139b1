from comparisons.newsletter.models.draft import Draft, DraftState
from comparisons.newsletter.models.issue import Delivery, Issue, State
from comparisons.newsletter.models.subscriber import MOST_HARD_BOUNCES, Consent, Subscriber, new_token

__all__ = [
    "MOST_HARD_BOUNCES",
    "Consent",
    "Delivery",
    "Draft",
    "DraftState",
    "Issue",
    "State",
    "Subscriber",
    "new_token",
]
