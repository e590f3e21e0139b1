"""Turn what tools had in columns into facts.

A tool said once for all when its facts were checked against their source, and its website is the only source it named: where
it has both, its facts were checked there on that day. The others are given and not checked.
"""

from django.db import migrations

COLUMNS = {
    "entry_price": {
        "key": "entry-price",
        "label": "Entry",
        "position": 1,
        "help_text": "The least one can pay, such as “Free”, “$20 a month” or “Pay per use”.",
    },
    "pricing": {
        "key": "pricing",
        "label": "Pricing",
        "position": 3,
        "help_text": "How it is paid for, in one line.",
    },
    "licence": {
        "key": "licence",
        "label": "Licence",
        "position": 4,
        "help_text": "Such as “Apache 2.0”, or “Proprietary”.",
    },
    "vendor": {
        "key": "maker",
        "label": "Made by",
        "position": 6,
        "help_text": "The company, foundation or people behind it.",
    },
    "website": {
        "key": "website",
        "label": "Website",
        "position": 7,
        "type": "address",
        "help_text": "The tool's own site.",
    },
}
"""The attribute that each column becomes. The other general attributes are made after each `migrate`."""

ROWS = 500


def fill(apps, schema_editor):
    tools, attributes, facts = (apps.get_model("reviews", name) for name in ("Tool", "Attribute", "Fact"))
    made = {column: attributes.objects.create(**values) for column, values in COLUMNS.items()}
    rows = []
    for tool in tools.objects.order_by("pk").iterator(chunk_size=ROWS):
        for column, attribute in made.items():
            text = getattr(tool, column).strip()
            if text:
                values = {"type": attribute.type, "text": text, "state": "given"}
                if tool.facts_checked_on and tool.website:
                    evidence = {"source_url": tool.website, "looked_at_on": tool.facts_checked_on}
                    values |= {"state": "checked"} | evidence
                rows.append(facts(tool=tool, attribute=attribute, **values))
    facts.objects.bulk_create(rows, batch_size=ROWS)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_facts")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
