"""Names get a key, and the database refuses a second row of the same key.

Stored texts are cleaned as every text is from now on. Where two rows have the same name by the new rule, the later one gets a
number, and the output names both. What does not fit its column once it is cleaned stays as it is.

The key is made by the function in use, not by a copy of it: whoever changes that function has to fill the keys again.
"""

from itertools import count

from django.db import migrations, models

from reviews.models.text_cleaning import clean_name, clean_text, name_key

NAMES = (
    ("Category", "name", "name_key", None),
    ("Reviewer", "name", "name_key", None),
    ("Attribute", "label", "label_key", "category_id"),
    ("Tool", "name", "name_key", None),
)
"""Model, name, key, and the column of rows that have names of their own."""

TEXTS = (
    ("Category", clean_name, ("description",)),
    ("Reviewer", clean_name, ("motto", "lens", "excited_by", "tired_of")),
    ("Question", clean_name, ("text", "label")),
    ("Attribute", clean_name, ("unit", "help_text")),
    ("Tool", clean_name, ("tagline", "best_for", "avoid_if")),
    ("Tool", clean_text, ("description",)),
    ("Fact", clean_name, ("text", "quote")),
    ("Verdict", clean_name, ("pick_if", "judged_version", "basis_note", "answered_for_by")),
    ("Verdict", clean_text, ("body",)),
    ("Answer", clean_text, ("text",)),
)
ROWS = 500


def fill_keys(apps, schema_editor):
    for model_name, name, key, within in NAMES:
        model = apps.get_model("reviews", model_name)
        most = model._meta.get_field(name).max_length
        rows = list(model.objects.order_by("pk"))
        stored = {(getattr(row, within) if within else None, name_key(getattr(row, name))) for row in rows}
        used = {}
        for row in rows:
            scope = getattr(row, within) if within else None
            before = getattr(row, name)
            after = fitting_name(before, fallback=f"{model_name} {row.pk}", most=most)
            first = used.get((scope, name_key(after)))
            if first:
                taken = {each for place, each in stored | used.keys() if place == scope}
                after = numbered(after, taken=taken, most=most)
                print(
                    f"\n  {model_name} {row.pk}, “{before}”, has the name of {model_name.lower()} {first[0]}, “{first[1]}”: "
                    f"it is called “{after}” now. Rename it at the desk, or merge the two."
                )
            used[scope, name_key(after)] = (row.pk, after)
            model.objects.filter(pk=row.pk).update(**{name: after, key: name_key(after)})


def fitting_name(stored, *, fallback, most):
    """Return the name cleaned, unless that makes it longer than `most`."""
    name = clean_name(stored)
    return (name if len(name) <= most else stored) or fallback


def numbered(name, *, taken, most):
    """Return the name with the lowest number, from 2, whose key is not `taken`; `most` is its greatest length."""
    for number in count(2):
        ending = f" ({number})"
        free = name[: most - len(ending)].rstrip() + ending
        if name_key(free) not in taken:
            return free


def clean_texts(apps, schema_editor):
    for model_name, clean, names in TEXTS:
        model = apps.get_model("reviews", model_name)
        for row in model.objects.order_by("pk").values("pk", *names).iterator(chunk_size=ROWS):
            cleaned = {name: clean(row[name]) for name in names}
            changed = {name: text for name, text in cleaned.items() if text != row[name] and fits(model, name, text)}
            if changed:
                model.objects.filter(pk=row["pk"]).update(**changed)


def fits(model, name, text):
    """Say whether a cleaned text may stand in its column: not too long, and not empty where a text is needed."""
    field = model._meta.get_field(name)
    return (text or field.blank) and (field.max_length is None or len(text) <= field.max_length)


def check_references(apps, schema_editor):
    """PostgreSQL makes no index on a table while checks of its changed rows wait for the end of the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def key_field():
    return models.CharField(blank=True, db_default="", default="", editable=False, max_length=200, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_days_that_have_come")]

    operations = [
        migrations.RemoveConstraint(model_name="tool", name="tool_name_unique"),
        migrations.AlterField(model_name="category", name="name", field=models.CharField(max_length=60)),
        migrations.AlterField(model_name="reviewer", name="name", field=models.CharField(max_length=60)),
        migrations.AddField(model_name="attribute", name="label_key", field=key_field()),
        migrations.AddField(model_name="category", name="name_key", field=key_field()),
        migrations.AddField(model_name="reviewer", name="name_key", field=key_field()),
        migrations.AddField(model_name="tool", name="name_key", field=key_field()),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(clean_texts, migrations.RunPython.noop),
        migrations.RunPython(check_references, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.UniqueConstraint("category", "label_key", name="attribute_label_unique"),
        ),
        migrations.AddConstraint(
            model_name="category", constraint=models.UniqueConstraint("name_key", name="category_name_unique")
        ),
        migrations.AddConstraint(
            model_name="reviewer", constraint=models.UniqueConstraint("name_key", name="reviewer_name_unique")
        ),
        migrations.AddConstraint(
            model_name="tool", constraint=models.UniqueConstraint("name_key", name="tool_name_key_unique")
        ),
    ]
