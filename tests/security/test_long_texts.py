"""No pattern and no field of a form takes long over a long text.

Texts grow tenfold, and the first that takes too long ends the test: a bad pattern costs seconds, not hours.
"""

import ast
import contextlib
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import thread_time

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

import comparisons
import reviews

pytestmark = pytest.mark.slow
MOST_SECONDS = {10_000: 0.03, 100_000: 0.1}  # of processor time, by the length of the text
PIECES = (
    *"a1A -.=+'\"/@:;,(<&%\n\t\u00e9\uff1d",
    *("a ", "a-", "a.", "a,", "a@", "aa.", "1,", "-a", " a", "'=", "\r\n", "a\n", " \n", "\n ", "<a", "&a"),
    *(
        "i have ",
        "after a ",
        "vs ",
        " vs",
        "-vs",
        "ly",
        "iz",
        "ise",
        "Key (",
        "/newsletter/a/",
        "/admin/password/a/",
    ),
    *("http://", "https://a.", "a=b; ", ";a=", '"a"', "a/b;", "/**", "//", "row contains ("),
)
ENDS = ("", "!")


@pytest.fixture
def own_forms(rf, admin_user) -> list[tuple[str, forms.Field]]:
    """Return every field of every form with its name, also of the admin's."""
    request = rf.get("/admin/")
    request.user = admin_user
    found = [
        form for form in _subclasses(forms.BaseForm) if form.__module__.startswith(("comparisons", "reviews"))
    ]
    for model_admin in admin.site._registry.values():
        if not model_admin.has_add_permission(request) and not model_admin.has_change_permission(request):
            continue  # what can only be read
        found.append(model_admin.get_form(request))
        found += [inline.get_formset(request).form for inline in model_admin.get_inline_instances(request)]
    fields = []
    for form in dict.fromkeys(found):
        name = f"{form.__module__}.{form.__qualname__}"
        fields += [(f"{name}.{field}", each) for field, each in getattr(form, "base_fields", {}).items()]
    return fields


def _subclasses(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _subclasses(each)


def modules() -> Iterator[str]:
    for package in (comparisons, reviews):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(migrations|tests|asgi|wsgi)\b", module.name):
                yield module.name


METHODS = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a method that regular expressions have: what it is called on, and the call."""
    for name in modules():
        for call in ast.walk(ast.parse(Path(importlib.import_module(name).__file__).read_text())):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in METHODS
            ):
                yield ast.unparse(call.func.value).rpartition(".")[2], call


def patterns() -> dict[str, tuple[re.Pattern, set[str]]]:
    """Return every regular expression of the code, and how it is used: by its name, or in a call of `re`.

    One that is used under another name counts as searched for.
    """
    found: dict[str, tuple[re.Pattern, set[str]]] = {}
    uses: dict[str, set[str]] = {}
    for owner, call in calls():
        uses.setdefault(owner, set()).add(call.func.attr)
        if owner == "re" and isinstance(call.args[0], ast.Constant):
            text = call.args[0].value
            found.setdefault(text, (re.compile(text), set()))[1].add(call.func.attr)
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            for each in _flat(value):
                pattern = each.regex if isinstance(each, RegexValidator) else each
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    found[pattern.pattern] = (pattern, uses.get(name, {"search"}))
    return found


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _flat(each)
    yield value


def too_slow(act: Callable[[str], object]) -> str:
    """Return over which text `act` takes too long, and how long; nothing if over none."""
    for length, most in MOST_SECONDS.items():
        for piece in PIECES:
            for end in ENDS:
                text = piece * (length // len(piece)) + end
                taken = _seconds(act, text)
                if taken > most:
                    taken = min(taken, _seconds(act, text))  # the machine may have been busy
                if taken > most:
                    return f"{taken:.2f} s over {length:,} characters of {piece!r}"
    return ""


def _seconds(act: Callable[[str], object], text: str) -> float:
    began = thread_time()
    act(text)
    return thread_time() - began


def test_no_pattern_takes_long():
    found = patterns()
    assert len(found) > 40
    slow = []
    for text, (pattern, uses) in found.items():
        for use in {
            "match" if each == "match" else "fullmatch" if each == "fullmatch" else "search" for each in uses
        }:
            # Searching is measured by what finds every place, as sub, split and findall do.
            act = partial(pattern.sub, "") if use == "search" else getattr(pattern, use)
            if words := too_slow(act):
                slow.append(f"{use} {text[:70]!r}: {words}")
    assert not slow, "\n".join(slow)


def test_a_slow_pattern_is_found():
    assert too_slow(partial(re.compile(r"a+!").sub, ""))


def test_no_field_takes_long(own_forms):
    assert len(own_forms) > 100
    slow = []
    seen = set()
    for name, field in own_forms:
        kind = (type(field), *(str(vars(each)) for each in field.validators))
        if kind in seen:
            continue
        seen.add(kind)

        def clean(text, field=field):
            with contextlib.suppress(ValidationError):
                field.clean([text] if isinstance(field.widget, forms.SelectMultiple) else text)

        try:
            words = too_slow(clean)
        except Exception as error:
            error.add_note(f"The field is {name}.")
            raise
        if words:
            slow.append(f"{name}: {words}")
    assert not slow, "\n".join(slow)
