"""Tools get a key by which their names sort as people sort, the same on both databases."""

from django.db import migrations

from reviews.models.name_keys import SortKeyField
from reviews.models.text_cleaning import sort_key


def fill(apps, schema_editor):
    tools = apps.get_model("reviews", "Tool").objects
    for pk, name in list(tools.order_by("pk").values_list("pk", "name")):
        tools.filter(pk=pk).update(sort_key=sort_key(name))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_tool_stages")]

    operations = [
        migrations.AlterModelOptions(
            name="tool",
            options={
                "ordering": ["sort_key"],
                "permissions": [
                    ("publish_tool", "Can publish, schedule and retire tools"),
                    ("merge_tool", "Can merge two tools"),
                ],
            },
        ),
        migrations.AddField(
            model_name="tool",
            name="sort_key",
            field=SortKeyField(
                blank=True, db_default="", db_index=True, default="", editable=False, max_length=200, serialize=False
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
