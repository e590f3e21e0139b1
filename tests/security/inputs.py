"""Every place where a stranger or an editor can send a text, found from addresses and pages."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, quote_from_bytes, urljoin, urlsplit

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from comparisons.models import Comparison
from reviews.models import Tool
from tests.pages import PAGES


def _split(text: str) -> list[str]:
    return text.split()


HEADERS = _split("""
Accept Accept-Encoding Accept-Language Authorization Cache-Control Content-Type Content-Encoding
Content-Language Date DNT Expect-CT Forwarded From HX-Boosted HX-Current-URL
HX-History-Restore-Request HX-Prompt HX-Request HX-Target HX-Trigger HX-Trigger-Name If-Match
If-Modified-Since If-None-Match If-Range If-Unmodified-Since Origin Range Referer Save-Data
Sec-Fetch-Mode User-Agent Via X-First-Act X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto
X-HTTP-Method-Override X-Requested-With
""")
COOKIES = ["csrf", "messages", "session", "visitor"]
ENCODINGS: dict[str, Callable[[str], str]] = {
    "UTF-8": lambda text: quote(text.encode(errors="replace"), safe=""),
    "UTF-16": lambda text: quote_from_bytes(text.encode("utf-16-le", errors="replace"), safe=""),
    "twice": lambda text: quote(quote(text.encode(errors="replace"), safe=""), safe=""),
}
ENDS_A_SESSION = re.compile(r"/admin/(logout|account/sign-out)/|/forget/")


@dataclass(frozen=True, slots=True)
class Input:
    """One place for a text: part of a path, field of a query or form, header or cookie.

    `kind` is path, query, field, header or cookie; `others` are the form's other fields as (name, value).
    """

    kind: str
    path: str
    name: str
    others: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.name} of {self.path}"


@dataclass(frozen=True, slots=True)
class Request:
    """A request with encoded query and body."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


def request_with(place: Input, text: str, encoding: str) -> Request:
    """Return the request that sends `text` to `place`."""
    encode = ENCODINGS[encoding]
    others = "".join(f"&{quote(name)}={quote(value)}" for name, value in place.others)
    headers = {"Sec-Fetch-Site": "same-origin"}
    if place.kind == "path":
        return Request("GET", place.path.replace("<>", encode(text).replace("%2F", "/")), "", headers, "")
    if place.kind == "query":
        return Request("GET", place.path, f"{quote(place.name)}={encode(text)}{others}", headers, "")
    if place.kind == "field":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Request("POST", place.path, "", headers, f"{quote(place.name)}={encode(text)}{others}")
    plain = re.sub(r"[\x00-\x08\x0a-\x1f\x7f]", "", text.encode(errors="replace").decode("latin-1")).strip()[
        :4_000
    ]
    if place.kind == "cookie":
        return Request("GET", place.path, "", headers | {"Cookie": f"{place.name}={plain}"}, "")
    return Request("GET", place.path, "", headers | {place.name: plain}, "")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: what a browser would send, and the name of every field."""

    action: str
    method: str
    sent: list[tuple[str, str]]
    names: set[str]


class Forms(HTMLParser):
    """Collects the forms of a page, and the query names of its links."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.queries: dict[str, set[str]] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in pairs}
        name = attributes.get("name", "")
        if tag == "form":
            action = urlsplit(urljoin(self.page, attributes.get("action", ""))).path
            self.forms.append(Form(action, attributes.get("method", "get").lower(), [], set()))
        elif tag in ("input", "textarea", "button") and name and self.forms:
            form = self.forms[-1]
            kind = attributes.get("type")
            if kind != "file":
                form.names.add(name)
            if kind not in ("submit", "file") and (
                kind not in ("checkbox", "radio") or "checked" in attributes
            ):
                form.sent.append((name, attributes.get("value", "")))
        elif tag == "select" and name and self.forms:
            self._select = name
            self.forms[-1].names.add(name)
        elif tag == "option" and "selected" in attributes and self.forms:
            self.forms[-1].sent.append((self._select, attributes.get("value", "")))
        elif tag == "a" and "?" in attributes.get("href", ""):
            parts = urlsplit(urljoin(self.page, attributes["href"]))
            if not parts.netloc:
                self.queries.setdefault(parts.path, set()).update(name for name, _ in parse_qsl(parts.query))


def inputs_of(pages: dict[str, str]) -> list[Input]:
    """Return the inputs of these pages (path to HTML), of the addresses, and of headers and cookies."""
    found: dict[tuple[str, str, str], Input] = {}

    def add(place: Input) -> None:
        found.setdefault((place.kind, place.path, place.name), place)

    for page, html in pages.items():
        parsed = Forms(page, html)
        for form in parsed.forms:
            if ENDS_A_SESSION.search(form.action):
                continue
            for name in sorted(form.names - {"csrfmiddlewaretoken"}):
                others = tuple((other, value) for other, value in form.sent if other != name)
                add(Input("field" if form.method == "post" else "query", form.action, name, others))
        for path, names in parsed.queries.items():
            for name in sorted(names):
                add(Input("query", path, name))
    for path in paths_with_an_argument(Tool.objects.order_by("pk").values_list("pk", flat=True)[:2]):
        add(Input("path", path, "argument"))
    for path in ("/", "/visitor-state/", "/nowhere/", "/admin/"):
        for name in HEADERS:
            add(Input("header", path, name))
        for name in COOKIES:
            add(Input("cookie", path, name))
    return list(found.values())


def paths_with_an_argument(tools: Sequence[int] = (1, 2)) -> Iterator[str]:
    """Yield each address once per argument, with `<>` in its place and samples elsewhere.

    `tools` are the keys of two.
    """
    samples = {
        "address": "code-llama-4-vs-mistral-3b",
        "slug": "mistral-3b",
        "pk": str(tools[0]),
        "kept": str(tools[1]),
    }
    for route in _routes(get_resolver(), "/"):
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for index in range(len(arguments)):
            seen = iter(range(len(arguments)))
            yield re.sub(
                r"<(?:\w+:)?(\w+)>",
                lambda part, index=index, seen=seen: (
                    "<>" if next(seen) == index else samples.get(part[1], "x")
                ),
                route,
            )


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern) and "^" not in route and "(?P" not in route:
            yield route


def desk_pages() -> list[str]:
    """Return the desk's addresses: each model's list, new row and first row, and the other pages."""
    pages = ["/admin/", "/admin/login/", "/admin/password/new/", "/admin/account/", "/admin/files/"]
    tool = Tool.objects.earliest("pk").pk
    comparison = Comparison.objects.earliest("pk").pk
    pages += ["/admin/rivals/", "/admin/duplicates/", f"/admin/merge/{tool}/"]
    pages += [f"/admin/preview/tools/{tool}/", f"/admin/preview/comparisons/{comparison}/"]
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        pages += [base, f"{base}add/"]
        first = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
        if first is not None:
            pages += [f"{base}{first}/{page}/" for page in ("change", "delete", "history")]
    return pages


def public_pages() -> list[str]:
    return list(PAGES.values())
