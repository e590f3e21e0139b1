"""Merges into a tool that can still be taken back, for the tool's history at the desk."""

from django import template
from django.utils import timezone

from comparisons.desk.merging.records import records_of
from comparisons.models import MergeRecord

register = template.Library()


@register.simple_tag
def merges_into(tool: int) -> list[MergeRecord]:
    return records_of(tool=tool, now=timezone.now())
