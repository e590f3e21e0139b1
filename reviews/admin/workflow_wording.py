"""The steps of a tool from draft to retired, in words."""

from reviews.models import Revision, Status
from reviews.services.editing.workflow import Obstacle, Step, StepRefused

STEP_WORDS = {
    Step.SUBMIT: "Submit for review",
    Step.TAKE_BACK: "Take back to draft",
    Step.SEND_BACK: "Send back with a word",
    Step.APPROVE: "Approve",
    Step.PUBLISH: "Publish",
    Step.SCHEDULE: "Schedule",
    Step.UNSCHEDULE: "Take off the schedule",
    Step.RETIRE: "Retire",
    Step.BRING_BACK: "Publish again",
    Step.WITHDRAW: "Take off the site",
}

DONE_WORDS = {
    Step.SUBMIT: "waits for review",
    Step.TAKE_BACK: "is a draft again",
    Step.SEND_BACK: "is a draft again, with your word",
    Step.APPROVE: "is approved",
    Step.PUBLISH: "is published",
    Step.SCHEDULE: "is scheduled",
    Step.UNSCHEDULE: "is approved and not scheduled any more",
    Step.RETIRE: "is retired",
    Step.BRING_BACK: "is published again",
    Step.WITHDRAW: "is off the site, and a draft again",
}

EFFECT_SENTENCES = {
    Step.SUBMIT: "A Publisher is asked to look at it. Readers see nothing of it yet.",
    Step.TAKE_BACK: "It is a draft again, and no Publisher is asked any more.",
    Step.SEND_BACK: "It is a draft again. Its editors see your word above the form.",
    Step.APPROVE: "It may be published. From now on only Publishers change it; others make proposals.",
    Step.PUBLISH: "Readers see its page at once, and find it in lists, searches, feeds and the next letter.",
    Step.SCHEDULE: "Readers see its page from the moment you choose, and nothing before.",
    Step.UNSCHEDULE: "It stays approved and will not go public by itself.",
    Step.RETIRE: "Its page stays and says that it is retired. It leaves lists, comparisons and votes.",
    Step.BRING_BACK: "It comes back to lists, comparisons and votes, and is not called retired any more.",
    Step.WITHDRAW: "Its page is gone for readers: its address answers that there is no such tool. "
    "To keep the page and say that it is over, retire it instead.",
}

_PAST = {
    (Status.DRAFT, Status.WAITING): "Submitted",
    (Status.WAITING, Status.APPROVED): "Approved",
    (Status.WAITING, Status.DRAFT): "Sent or taken back",
    (Status.APPROVED, Status.DRAFT): "Sent back",
    (Status.PUBLISHED, Status.APPROVED): "Taken off the schedule",
    (Status.PUBLISHED, Status.RETIRED): "Retired",
    (Status.RETIRED, Status.PUBLISHED): "Published again",
    (Status.PUBLISHED, Status.DRAFT): "Taken off the site",
    (Status.RETIRED, Status.DRAFT): "Taken off the site",
}


def past_sentence(revision: Revision | None) -> str:
    """Say who took the last step, when and why; empty where nothing is known of it."""
    if revision is None or revision.changes["status"][0] is None:
        return ""
    before, after = revision.changes["status"]
    did = _PAST.get((before, after), "Published or scheduled" if after == Status.PUBLISHED else "Changed")
    by = f" by {revision.editor}" if revision.editor else ""
    word = f": “{revision.reason}”" if revision.reason else "."
    return f"{did}{by} on {revision.at:%-d %B %Y at %H:%M}{word}"


def refusal_sentence(refusal: StepRefused) -> str:
    """Say why a step was not taken, and what to do."""
    match refusal.obstacle:
        case Obstacle.NOT_ALLOWED:
            return "Nothing was changed: ask a Publisher to do this."
        case Obstacle.OTHER_STAGE:
            return (
                f"Nothing was changed. It is at “{refusal.stage.label}” by now: somebody else may have been "
                "faster. Look at it again."
            )
        case Obstacle.INCOMPLETE:
            return (
                "Nothing was changed: not every reviewer has judged it. If it is meant, tick “Publish "
                "incomplete”."
            )
        case Obstacle.NO_WORD:
            return "Say why it goes back: its editors read your word."
        case Obstacle.PAST_MOMENT:
            return "Choose a moment to come; to publish at once, use “Publish”."
