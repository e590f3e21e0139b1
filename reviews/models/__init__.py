from reviews.models.attributes import Attribute
from reviews.models.choices import (
    Action,
    AttributeType,
    Authorship,
    Basis,
    BatchStatus,
    Better,
    Decision,
    FactState,
    Kind,
    ProposalState,
    Stage,
    Status,
    VoteStatus,
)
from reviews.models.dismissed_pairs import DismissedPair
from reviews.models.facts import Fact
from reviews.models.former_slugs import FormerCategorySlug, FormerReviewerSlug
from reviews.models.history import Correction, Revision
from reviews.models.members import DeskMember
from reviews.models.networks import NetworkKey, RequestCount, VoteNetworkKey
from reviews.models.old_slugs import OldSlug
from reviews.models.panel import Answer, Question, Reviewer, Verdict
from reviews.models.proposals import Proposal
from reviews.models.search import SearchEntry
from reviews.models.tools import Category, Tool
from reviews.models.vote_counts import VoteHour, VoteNetwork, VoteTally
from reviews.models.votes import Vote, VoteBatch

__all__ = [
    "Action",
    "Answer",
    "Attribute",
    "AttributeType",
    "Authorship",
    "Basis",
    "BatchStatus",
    "Better",
    "Category",
    "Correction",
    "Decision",
    "DeskMember",
    "DismissedPair",
    "Fact",
    "FactState",
    "FormerCategorySlug",
    "FormerReviewerSlug",
    "Kind",
    "NetworkKey",
    "OldSlug",
    "Proposal",
    "ProposalState",
    "Question",
    "RequestCount",
    "Reviewer",
    "Revision",
    "SearchEntry",
    "Stage",
    "Status",
    "Tool",
    "Verdict",
    "Vote",
    "VoteBatch",
    "VoteHour",
    "VoteNetwork",
    "VoteNetworkKey",
    "VoteStatus",
    "VoteTally",
]
