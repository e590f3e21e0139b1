"""Fill the sums over votes that came with the migration before. Hashes under the keys of a day say nothing any more and go."""

from collections import Counter
from datetime import UTC, timedelta

from django.db import migrations
from django.db.models import Count, F
from django.utils import timezone

KEPT = timedelta(days=36)
ROWS = 2000


def fill(apps, schema_editor):
    votes, tallies, batches, hours = (
        apps.get_model("reviews", name) for name in ("Vote", "VoteTally", "VoteBatch", "VoteHour")
    )
    votes.objects.exclude(network="").update(network="")
    tallies.objects.update(networks=F("ships") + F("skips"))
    waiting = votes.objects.filter(status__in=["network", "burst"]).values("batch").annotate(number=Count("pk"))
    for row in waiting.exclude(batch=None):
        batches.objects.filter(pk=row["batch"]).update(waiting=row["number"])
    since = (timezone.now() - KEPT).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    counts = Counter()
    recent = votes.objects.filter(status="", changed_at__gte=since).values_list("tool", "changed_at")
    for tool, moment in recent.iterator(chunk_size=ROWS):
        counts[tool, moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)] += 1
    rows = [hours(tool_id=tool, hour=hour, votes=number) for (tool, hour), number in counts.items()]
    hours.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_tied_votes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
