"""A tool's way from draft to retired: which step leads where, who may take it, and taking it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from reviews.models import Reviewer, Revision, Stage, Status, Tool, Verdict
from reviews.services.editing.publishing import whole_minute
from reviews.services.editing.tools import save_tool

LONGEST_WORD = 300  # characters, as a revision's reason


class Step(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    RETIRE = "retire"
    BRING_BACK = "bring-back"
    WITHDRAW = "withdraw"


class Obstacle(StrEnum):
    """Why a step is not taken."""

    NOT_ALLOWED = "not-allowed"
    OTHER_STAGE = "other-stage"
    """The tool is at a stage that the step does not begin at: somebody else may have been faster."""
    INCOMPLETE = "incomplete"
    """Not every reviewer has judged it."""
    NO_WORD = "no-word"
    PAST_MOMENT = "past-moment"


class StepRefused(Exception):
    def __init__(self, obstacle: Obstacle, stage: Stage) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle
        self.stage = stage
        """Where the tool stands."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who takes a step: `may_edit` this tool's draft, `may_publish` any tool."""

    name: str
    may_edit: bool
    may_publish: bool


@dataclass(frozen=True, slots=True)
class Rule:
    begins_at: frozenset[Stage]
    leads_to: Status
    is_of_publishers: bool = True
    is_confirmed: bool = False
    """It changes what readers see, or needs to be told something: a page asks first."""


UNPUBLISHED = frozenset({Stage.DRAFT, Stage.WAITING, Stage.APPROVED})

RULES = {
    Step.SUBMIT: Rule(frozenset({Stage.DRAFT}), Status.WAITING, is_of_publishers=False),
    Step.TAKE_BACK: Rule(frozenset({Stage.WAITING}), Status.DRAFT, is_of_publishers=False),
    Step.APPROVE: Rule(frozenset({Stage.WAITING}), Status.APPROVED),
    Step.PUBLISH: Rule(UNPUBLISHED | {Stage.SCHEDULED}, Status.PUBLISHED, is_confirmed=True),
    Step.SCHEDULE: Rule(UNPUBLISHED | {Stage.SCHEDULED}, Status.PUBLISHED, is_confirmed=True),
    Step.UNSCHEDULE: Rule(frozenset({Stage.SCHEDULED}), Status.APPROVED),
    Step.SEND_BACK: Rule(frozenset({Stage.WAITING, Stage.APPROVED}), Status.DRAFT, is_confirmed=True),
    Step.RETIRE: Rule(frozenset({Stage.PUBLISHED}), Status.RETIRED, is_confirmed=True),
    Step.BRING_BACK: Rule(frozenset({Stage.RETIRED}), Status.PUBLISHED, is_confirmed=True),
    Step.WITHDRAW: Rule(frozenset({Stage.PUBLISHED, Stage.RETIRED}), Status.DRAFT, is_confirmed=True),
}
"""A Publisher may publish at once: a desk of one person has nobody to ask for a review."""


def may_take(*, step: Step, editor: Editor) -> bool:
    return editor.may_publish if RULES[step].is_of_publishers else editor.may_edit


def steps_from(*, stage: Stage, editor: Editor) -> list[Step]:
    """Return the steps that the editor may take from `stage`, the usual one first.

    Whoever may send a tool back is not offered to take it back as well.
    """
    steps = [
        step for step, rule in RULES.items() if stage in rule.begins_at and may_take(step=step, editor=editor)
    ]
    is_doubled = Step.SEND_BACK in steps
    return [step for step in steps if step != Step.TAKE_BACK or not is_doubled]


def missing_reviewers(*, tool: int) -> list[Reviewer]:
    """Return the reviewers who have not judged the tool of this id, in panel order. One query."""
    return list(Reviewer.objects.exclude(pk__in=Verdict.objects.filter(tool=tool).values("reviewer")))


def last_step(*, tool: Tool) -> Revision | None:
    """Return the change that brought `tool` where it stands, with who, when and why; None without any."""
    return Revision.objects.of_row(tool).filter(changes__has_key="status").newest_first().first()


@transaction.atomic
def take_step(
    *,
    tool: int,
    step: Step,
    editor: Editor,
    word: str = "",
    moment: datetime | None = None,
    may_be_incomplete: bool = False,
    now: datetime | None = None,
) -> Tool:
    """Take a step with the tool of this id and record it; return the tool. The tool is locked meanwhile.

    `word` tells the editors why; sending back needs one. `moment` is when a scheduled tool goes public.
    Raises StepRefused and Tool.DoesNotExist.
    """
    now = now or timezone.now()
    row = Tool.objects.select_for_update(no_key=True).order_by("pk").get(pk=tool)
    obstacle = _obstacle(row, step, editor, word=word, moment=moment, now=now)
    is_to_be_public = step in (Step.PUBLISH, Step.SCHEDULE) and row.stage in UNPUBLISHED
    if obstacle is None and is_to_be_public and not may_be_incomplete and missing_reviewers(tool=tool):
        obstacle = Obstacle.INCOMPLETE
    if obstacle:
        raise StepRefused(obstacle, row.stage)
    row.status = RULES[step].leads_to
    if step == Step.SCHEDULE and moment is not None:
        row.published_at = whole_minute(moment)
    elif step == Step.UNSCHEDULE:
        row.published_at = None
    elif step == Step.PUBLISH and not row.had_readers:
        row.published_at = whole_minute(now)
    save_tool(tool=row, by=editor.name, reason=word.strip())
    return row


def _obstacle(
    tool: Tool, step: Step, editor: Editor, *, word: str, moment: datetime | None, now: datetime
) -> Obstacle | None:
    if not may_take(step=step, editor=editor):
        return Obstacle.NOT_ALLOWED
    if tool.stage not in RULES[step].begins_at:
        return Obstacle.OTHER_STAGE
    if step == Step.SEND_BACK and not word.strip():
        return Obstacle.NO_WORD
    if step == Step.SCHEDULE and (moment is None or whole_minute(moment) <= now):
        return Obstacle.PAST_MOMENT
    return None


def is_reviewed(*, tool: Tool) -> bool:
    """Say whether a Publisher has let `tool` pass: others change its verdicts by proposals only."""
    return tool.status not in (Status.DRAFT, Status.WAITING)
