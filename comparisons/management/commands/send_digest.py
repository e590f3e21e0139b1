"""`manage.py send_digest`: makes the weekly letter and sends it."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from itertools import count
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.utils.dateformat import format as date_format

from comparisons.mail_addresses import InvalidAddress, ascii_address
from comparisons.management.progress import ProgressBar
from comparisons.management.stop_signals import stop_event
from comparisons.newsletter.emails.connection import MailServerDown, Refused, open_mail_connection
from comparisons.newsletter.emails.smtp import AnswerLost
from comparisons.newsletter.models import Delivery, Subscriber, new_token
from comparisons.newsletter.services.delivery import (
    CLAIM_LASTS,
    MOST_FAILURES_IN_A_ROW,
    DeliveryReport,
    StopReason,
    close_unwanted_letters,
    release_interrupted,
)
from comparisons.newsletter.services.issues import plan_issue
from comparisons.newsletter.services.runs import DueLetters, latest_letter, make_issue_if_due, send_letters


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("takes a whole number from 1")
    return int(text)


def stop_sentence(report: DeliveryReport) -> str:
    """Return why a run stopped, without a full stop."""
    match report.stopped:
        case StopReason.TOO_MANY_FAILURES:
            number = MOST_FAILURES_IN_A_ROW
            return f"{number} letters in a row were not taken; the last answer was: {report.last_answer}"
        case StopReason.SERVER_DOWN:
            return f"the mail server can't be used: {report.last_answer}"
        case _:
            return "asked to stop"


def _day(moment: datetime) -> str:
    return date_format(moment, "j F Y")


class Command(BaseCommand):
    help = "Make this week's letter and send it. Run again, it continues and sends nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--dry-run",
            action="store_true",
            help="show the letter and how many would get it; write and send nothing",
        )
        what.add_argument(
            "--to", metavar="ADDRESS", help="send the letter once to this address, and count nothing"
        )
        what.add_argument(
            "--list-interrupted",
            action="store_true",
            help="list the letters that were begun and not acknowledged",
        )
        what.add_argument(
            "--send-interrupted", action="store_true", help="send those again; some may arrive a second time"
        )
        what.add_argument(
            "--released",
            action="store_true",
            help="make the letter only if a publisher released it, and a week after the last one",
        )
        parser.add_argument("--limit", type=positive, help="send at most so many letters in this run")
        parser.add_argument("--rate", type=positive, default=0, help="send at most so many letters a minute")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list_interrupted"]:
            return self.list_interrupted()
        if options["dry_run"]:
            return self.dry_run()
        if not settings.MAILERS:
            raise CommandError("No mail server is set up: set MAIL_URL. Nothing was made or sent.")
        if options["to"]:
            return self.send_one(options["to"])
        if options["send_interrupted"]:
            self.stdout.write(f"Interrupted letters that are sent again: {release_interrupted()}.")
        close_unwanted_letters()
        due = make_issue_if_due(now=timezone.now(), only_released=options["released"])
        self.say_what_is_due(due)
        if due.letters:
            self.send(due, limit=options["limit"], per_minute=options["rate"])
        return None

    def say_what_is_due(self, due: DueLetters) -> None:
        if due.made:
            self.stdout.write(f"Issue {due.made.number} is made: {due.made.subject}")
        elif due.quiet_since:
            self.stdout.write(
                f"Nothing was published or changed since {_day(due.quiet_since)}: no letter this week."
            )
        elif due.kept_back:
            why = "is held" if due.kept_back.is_held else "waits for its release"
            self.stdout.write(f"The next issue ({due.kept_back.number}) {why} at the desk: it is not sent.")
        elif due.next_from:
            self.stdout.write(f"The next issue is made from {date_format(due.next_from, 'j F Y H:i')} on.")
        if not due.letters:
            self.stdout.write("There is no letter to send.")

    def send(self, due: DueLetters, *, limit: int | None, per_minute: int) -> None:
        total = min(due.letters, limit or due.letters)
        bar = ProgressBar(self.stdout)
        handled = count(1)

        def show_progress(report: DeliveryReport) -> None:
            note = f"{report.not_taken} not taken" if report.not_taken else ""
            bar.show(done=min(next(handled), total), total=total, note=note)

        with stop_event() as stop:
            report = send_letters(
                issues=due.issues,
                limit=limit,
                per_minute=per_minute,
                after_each=show_progress,
                should_stop=stop.is_set,
            )
        bar.finish()
        self.sum_up(report)

    def sum_up(self, report: DeliveryReport) -> None:
        waiting = Delivery.objects.waiting().count()
        claimed = Delivery.objects.claimed().count()
        taken = f"Sent {report.sent}, refused {report.refused}, put off {report.put_off}"
        self.stdout.write(f"{taken}; {waiting} still to be sent.")
        if claimed:
            self.stdout.write(
                f"{claimed} begun and not acknowledged: under way in another run, or interrupted. "
                "See `manage.py send_digest --list-interrupted`."
            )
        if report.stopped:
            raise CommandError(
                f"Stopped: {stop_sentence(report)}\n"
                f"Nothing is lost: the next run continues with {waiting} letter{pluralize(waiting)}."
            )

    def dry_run(self) -> None:
        waiting = Delivery.objects.waiting().count()
        plan = plan_issue(now=timezone.now())
        if waiting:
            self.stdout.write(f"Of the last issue, still to be sent: {waiting}. A run sends these first.\n")
        if plan.contents.is_empty:
            self.stdout.write(f"Nothing was published or changed since {_day(plan.since)}: no letter.")
            return
        letter = plan.letter()
        self.stdout.write(
            f"Subject: {letter.rendered.subject}\n\n{letter.rendered.text.replace(letter.placeholder, '…')}"
        )
        size = len(letter.rendered.html.encode())
        subscribers = Subscriber.objects.active().count()
        self.stdout.write(
            f"{subscribers} subscriber{pluralize(subscribers)} would get it; {size / 1000:.0f} kB of HTML."
        )
        self.stdout.write("Nothing was written, and nothing was sent.")

    def send_one(self, typed: str) -> None:
        try:
            address = ascii_address(typed)
        except InvalidAddress as wrong:
            raise CommandError(str(wrong)) from wrong
        letter = latest_letter(now=timezone.now())
        if letter is None:
            raise CommandError("There is nothing to tell yet, and no issue has been made.")
        known = Subscriber.objects.of_address(address).first()
        mail = letter.addressed_to(email=address, token=known.token if known else new_token())
        try:
            with open_mail_connection() as connection:
                connection.send(mail)
        except (MailServerDown, Refused, AnswerLost) as trouble:
            raise CommandError(
                f"Not sent: {trouble or 'the mail server took it and never answered'}"
            ) from trouble
        self.stdout.write(f"Sent to {address}: {mail.subject}")

    def list_interrupted(self) -> None:
        rows = Delivery.objects.claimed().select_related("subscriber", "issue").order_by("claimed_at")
        for row in rows:
            self.stdout.write(
                f"{row.claimed_at:%Y-%m-%d %H:%M:%S}  issue {row.issue.number}  {row.subscriber.email}"
            )
        minutes = CLAIM_LASTS.seconds // 60
        self.stdout.write(
            f"Begun and not acknowledged: {len(rows)}. Whether they arrived is not known. "
            f"`--send-interrupted` sends those again that were begun more than {minutes} minutes ago."
        )
