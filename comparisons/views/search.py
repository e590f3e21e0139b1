"""Search: the page, and suggestions while typing."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comparisons.http.fragments import address_without_part, render_page, wants_part
from comparisons.services.find.licence_query import licence_matches
from comparisons.services.find.versus_query import versus_query
from comparisons.services.lists.pages import ListPage, page_of
from comparisons.views.visitor_state import visitor_state_query
from reviews.services.search import did_you_mean, guesses, offer_tools, search_tools

PER_PAGE = 20
MOST_SUGGESTIONS = 8
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
LIST_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what `q` finds, 20 tools a page; `part=results` is the results alone.

    “a vs b” leads to that comparison.
    """
    query = request.GET.get("q", "")
    is_part = wants_part(request, "results")
    asked = versus_query(query=query)
    if asked and asked.is_certain and not is_part:
        return redirect(reverse("comparison", args=[asked.offered[0].address]))
    number = int(_valid(request, "page", PAGE_NUMBER, "1"))
    results = search_tools(query=query, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    page: ListPage[object] = page_of(found=results.total, number=number, size=PER_PAGE)
    if page.is_beyond:
        results = search_tools(query=query, limit=PER_PAGE, offset=(page.number - 1) * PER_PAGE)
    context = {
        "query": query,
        "results": results,
        "page": page,
        "asked": asked,
        "is_part": is_part,
        "here": request.path,
        "chosen": {"q": query},
        "guesses": [] if asked or results.total_holding_all else guesses(query=query),
        "licences": [] if asked else licence_matches(query=query),
        "visitor_state_query": visitor_state_query([found.tool for found in results.found], has_votes=False),
    }
    response = render_page(request, "comparisons/search.html", context, part="results")
    if is_part:
        response.headers["HX-Push-Url"] = address_without_part(request)
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer a combobox with up to eight tools: first those in whose names the words of `q` begin words.

    A maker's name finds its tools. Where nothing holds the words, names that look like `q` are offered.

    The contract, for whoever builds the field:

    - Ask `GET /search/suggestions/?q=cod+lla`, with `&list=left` where one page has several such fields.
    - The answer is a bare list of `<li role="option" id="left-code-llama-4" data-slug="code-llama-4"
      data-name="Code Llama 4" aria-selected="false">`, best first, to be put into the page's own `<ul
      role="listbox">`. In each stand the tool's name (`.option-name`) and its category (`.option-category`).
    - `list` (small letters, digits and hyphens) begins the ids, which are unique on a page for that reason;
      `suggestion` unless given.
    - Nothing typed, or nothing found: an empty answer, still with status 200.
    - It is the same for everybody and may be kept for a minute, like a page.
    """
    query = request.GET.get("q", "")
    tools = offer_tools(query=query, limit=MOST_SUGGESTIONS) or did_you_mean(query=query)
    context = {"tools": tools, "list": _valid(request, "list", LIST_NAME, "suggestion")}
    response = render(request, "comparisons/search.html#options", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _valid(request: HttpRequest, name: str, pattern: re.Pattern[str], otherwise: str) -> str:
    value = request.GET.get(name, otherwise)
    return value if pattern.fullmatch(value) else otherwise
