"""A stand-in for the search that suggests tools, for a site that has none: just enough for the picker's own tests."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from comparisons.urls import urlpatterns as site
from reviews.models import Tool

OPTIONS = Template(
    "{% for tool in tools %}"
    '<li role="option" id="{{ list }}-{{ tool.slug }}" data-slug="{{ tool.slug }}" data-name="{{ tool.name }}"'
    ' aria-selected="false">{{ tool.name }}</li>'
    "{% endfor %}"
)


def suggestions(request: HttpRequest) -> HttpResponse:
    found = Tool.objects.published().filter(name__icontains=request.GET["q"]).by_name()[:8]
    return HttpResponse(OPTIONS.render(Context({"tools": found, "list": request.GET["list"]})))


urlpatterns = [path("search/suggestions/", suggestions, name="search-suggestions"), *site]
handler404 = "comparisons.views.errors.not_found"
