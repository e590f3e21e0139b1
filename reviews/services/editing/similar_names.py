"""Tools whose name is like one that is being typed."""

from dataclasses import dataclass

from reviews.models import Tool
from reviews.models.text_cleaning import name_key
from reviews.services.editing.duplicates import DuplicateSign, ToolEntry, signs_shared

FEWEST_LETTERS = 3
"""Of a typed name that is looked for inside others."""


@dataclass(frozen=True, slots=True)
class SimilarName:
    tool: Tool
    sign: DuplicateSign | None
    """None: one name holds the other."""


def similar_names(*, name: str, leave_out: int = 0, most: int = 8) -> list[SimilarName]:
    """Return tools with a name like `name`, the likest first, then those whose name holds it. Two queries.

    `leave_out` is the id of the tool whose name is being typed.
    """
    typed = name_key(name)
    rows = list(Tool.objects.order_by("pk").exclude(pk=leave_out).values_list("pk", "name", "name_key"))
    names = {pk: other for pk, other, _ in rows}
    entries = (ToolEntry(pk=pk, name=other) for pk, other in names.items())
    signs: dict[int, DuplicateSign | None] = dict(
        signs_shared(one=ToolEntry(pk=0, name=name), others=entries)
    )
    if len(typed) >= FEWEST_LETTERS:
        holding = [pk for pk, _, key in rows if typed in key]
        for pk in sorted(holding, key=lambda pk: (len(names[pk]), names[pk])):
            signs.setdefault(pk, None)
    found = dict(list(signs.items())[:most])
    tools = Tool.objects.in_bulk(list(found))
    return [SimilarName(tool=tools[pk], sign=sign) for pk, sign in found.items() if pk in tools]
