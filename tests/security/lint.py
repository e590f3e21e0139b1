"""Rules for the source that no linter has: functions from a file's text to what is wrong in it.

Each looks at a module's syntax tree, or at a template's text. `ALLOWED` names the few files that may break a
rule, because they do it once for all.
"""

import ast
import re
from collections.abc import Callable, Iterator

Finding = str
ADDRESS = re.compile(
    r"(HTTP_)?X[-_]FORWARDED[-_]FOR|(HTTP_)?FORWARDED|REMOTE_(ADDR|HOST)|X-Real-IP", re.IGNORECASE
)
SECRET = re.compile(r"\b(token|digest|signature|secret)\b")


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def no_trust_in_markup(tree: ast.AST) -> Iterator[Finding]:
    """Markup is made by templates and format_html, which escape."""
    for call, name in calls(tree):
        if name.split(".")[-1] in ("mark_safe", "SafeString", "SafeText"):
            yield f"{call.lineno}: {name}"


def no_sql_by_hand(tree: ast.AST) -> Iterator[Finding]:
    """SQL is written only for search and counting, with parameters."""
    for call, name in calls(tree):
        if name.split(".")[-1] in ("raw", "extra", "RawSQL", "executescript") or name.endswith(
            "cursor.execute"
        ):
            yield f"{call.lineno}: {name}"


def no_code_from_text(tree: ast.AST) -> Iterator[Finding]:
    """Nothing stored or sent is run as code or command."""
    forbidden = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
    for call, name in calls(tree):
        if name in forbidden or name.split(".")[0] in ("pickle", "marshal", "subprocess", "shelve", "ctypes"):
            yield f"{call.lineno}: {name}"


def no_requests_to_elsewhere(tree: ast.AST) -> Iterator[Finding]:
    """The site fetches nothing, so no typed address is requested."""
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module in ("urllib.request", "http.client", "ftplib", "socket") or module.split(".")[0] in (
                "requests",
                "httpx",
            ):
                yield f"{node.lineno}: import {module}"


def no_open_door(tree: ast.AST) -> Iterator[Finding]:
    """Django's tokens and the check of a request's origin are switched off nowhere."""
    for node in ast.walk(tree):
        text = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
        if text.split(".")[-1] in (
            "csrf_exempt",
            "is_cross_site_safe",
            "_dont_enforce_csrf_checks",
            "login_not_required",
        ):
            yield f"{node.lineno}: {text}"


def no_bare_cookie(tree: ast.AST) -> Iterator[Finding]:
    """A cookie names httponly, secure and samesite."""
    for call, name in calls(tree):
        missing = {"httponly", "secure", "samesite"} - {keyword.arg for keyword in call.keywords}
        if missing and name.split(".")[-1] in ("set_cookie", "set_signed_cookie"):
            yield f"{call.lineno}: without {', '.join(sorted(missing))}"


def no_address_of_a_visitor(tree: ast.AST) -> Iterator[Finding]:
    """A visitor's address is read in one place, which hashes it."""
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if ADDRESS.fullmatch(text):
            yield f"{node.lineno}: {text}"


def no_host_from_the_request(tree: ast.AST) -> Iterator[Finding]:
    """Addresses of the site are made of SITE_URL: a client writes the request's host."""
    for call, name in calls(tree):
        if name.split(".")[-1] in ("build_absolute_uri", "get_host", "get_current_site"):
            yield f"{call.lineno}: {name}"


def no_way_out(tree: ast.AST) -> Iterator[Finding]:
    """Nobody is redirected to an address from the request."""
    for call, name in calls(tree):
        if name.split(".")[-1] in (
            "redirect",
            "HttpResponseRedirect",
            "HttpResponsePermanentRedirect",
            "RedirectView",
        ):
            for argument in call.args:
                if re.search(r"request\.(GET|POST|META|headers|COOKIES)", ast.unparse(argument)):
                    yield f"{call.lineno}: {ast.unparse(call)}"


def no_fields_by_the_dozen(tree: ast.AST) -> Iterator[Finding]:
    """A form names its fields, and no row is made of all that was sent."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and re.match(r"exclude = |fields = '__all__'", ast.unparse(node)):
            yield f"{node.lineno}: {ast.unparse(node)}"
        if (
            isinstance(node, ast.keyword)
            and node.arg is None
            and re.search(r"request\.(GET|POST)", ast.unparse(node.value))
        ):
            yield f"{node.value.lineno}: **{ast.unparse(node.value)}"


def no_chance_in_secrets(tree: ast.AST) -> Iterator[Finding]:
    """Secrets come from `secrets` and are compared in constant time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
            if "random" in modules:
                yield f"{node.lineno}: import random"
        is_plain = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        if is_plain and SECRET.search(ast.unparse(node.left)):
            yield f"{node.lineno}: {ast.unparse(node)}"


def no_request_in_the_log(tree: ast.AST) -> Iterator[Finding]:
    """No record holds a request, a form or what was typed: they hold tokens and addresses."""
    for call, name in calls(tree):
        if re.fullmatch(r"(logger|logging|log)\.(debug|info|warning|error|exception|critical|log)", name):
            for argument in call.args[1:]:
                if re.search(
                    r"\brequest\b|\bform\b|cleaned_data|\.POST|\.GET\b|get_full_path", ast.unparse(argument)
                ):
                    yield f"{call.lineno}: {ast.unparse(call)}"


MODULE_RULES: dict[Callable[[ast.AST], Iterator[Finding]], str] = {
    # Each rule with the smallest module that breaks it.
    no_trust_in_markup: "from django.utils.safestring import mark_safe\nmark_safe(tool.name)",
    no_sql_by_hand: "Tool.objects.raw('SELECT 1')",
    no_code_from_text: "import pickle\npickle.loads(row.data)",
    no_requests_to_elsewhere: "from urllib.request import urlopen",
    no_open_door: "@csrf_exempt\ndef view(request): pass",
    no_bare_cookie: "response.set_cookie('visitor', word, httponly=True)",
    no_address_of_a_visitor: "address = request.META['REMOTE_ADDR']",
    no_host_from_the_request: "link = request.build_absolute_uri('/')",
    no_way_out: "redirect(request.GET['next'])",
    no_fields_by_the_dozen: "Tool.objects.create(**request.POST.dict())",
    no_chance_in_secrets: "if row.token == sent: pass",
    no_request_in_the_log: "logger.error('Failed: %s', request)",
}
ALLOWED: dict[Callable[[ast.AST], Iterator[Finding]], set[str]] = {
    no_trust_in_markup: {
        "comparisons/templatetags/capture.py",  # what a template rendered, and escaped
        "comparisons/templatetags/structured_data.py",  # JSON in which < and & are escaped
    },
    no_sql_by_hand: {
        "comparisons/sample/seed.py",  # a lock of PostgreSQL
        "reviews/services/rate_limits.py",  # the one statement that counts and answers
        "reviews/services/search/index.py",
        "reviews/services/search/postgresql.py",
        "reviews/services/search/sqlite.py",
        "reviews/services/voting/hours.py",  # one statement counts a vote in its hour
    },
    no_open_door: {
        "comparisons/http/cross_site.py",  # it has just checked where the request comes from
        "comparisons/desk/kept_input.py",  # the form it shows again is never valid
        # The one-click unsubscribe of RFC 8058 proves itself by its token.
        "comparisons/newsletter/views/unsubscribe.py",
    },
    no_address_of_a_visitor: {
        "comparisons/http/client_network.py",
        "comparisons/http/front_door/incoming.py",  # from the server's words to Django's
        "comparisons/settings.py",  # the header's name
    },
    no_host_from_the_request: {"comparisons/http/cross_site.py"},  # compared with Origin, and not printed
    no_fields_by_the_dozen: {
        "comparisons/newsletter/admin/subscribers.py",  # read-only
        "reviews/admin/tool_form.py",  # the admin's page names the fields
    },
}

TEMPLATE_RULES = {
    # What a template's text must not hold, with an example. Inline scripts and styles:
    # tests/architecture/test_templates.py.
    "a form of the desk without Django's token": (
        lambda path, text: (
            [
                form
                for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL)
                if re.search(r'method="post"', form, re.IGNORECASE) and "csrf_token" not in form
            ]
            if path.startswith(("account/", "admin/", "mfa/", "registration/"))
            else []
        ),
        ("admin/x.html", '<form method="post"><button>Go</button></form>'),
    ),
    "text that is not escaped": (
        lambda path, text: re.findall(r"\|\s*safe\b|\|\s*safeseq\b|{% autoescape off %}", text),
        ("x.html", "{{ tool.body|safe }}"),
    ),
    "an address of another site that is fetched": (
        lambda path, text: re.findall(
            r"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=["'](?:https?:)?//[^"']+""", text
        ),
        ("x.html", '<img src="https://elsewhere.example/pixel.gif">'),
    ),
    "a new window that can reach back": (
        lambda path, text: [
            tag for tag in re.findall(r"<a\b[^>]*\starget=[^>]*>", text) if "noopener" not in tag
        ],
        ("x.html", '<a target="_blank" href="{{ tool.website }}">'),
    ),
    "an attribute without quotes around a variable": (
        lambda path, text: re.findall(r"<[a-z][^>]*\s[a-z-]+=\{\{[^}]*\}\}", text),
        ("x.html", "<a title={{ tool.name }}>"),
    ),
}
