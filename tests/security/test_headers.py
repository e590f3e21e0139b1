"""Every answer carries the security headers."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from comparisons.http.content_security_policy import SCRIPTS, integrity
from tests.pages import ERROR_PAGES, PAGES

pytestmark = pytest.mark.django_db

ANSWERS = {
    **PAGES,
    **ERROR_PAGES,
    "redirect to the slash": "/compare",
    "redirect to the canonical order": "/compare/mistral-3b-vs-code-llama-4/",
    "the admin's login": "/admin/login/",
    "redirect to the login": "/admin/",
}


@pytest.mark.parametrize("path", ANSWERS.values(), ids=ANSWERS)
def test_the_headers_are_there(client, catalogue, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in response["Permissions-Policy"]
    policy = response["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" not in policy


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_policy_of_a_public_page_is_a_constant_without_a_nonce(client, catalogue, path):
    first = client.get(path)
    second = client.get(path)
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"]
    assert "nonce" not in first["Content-Security-Policy"] + first.content.decode()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_script_of_a_page_is_known_by_its_hash(client, catalogue, path):
    response = client.get(path)
    hashes = re.findall(r'<script [^>]*integrity="([^"]+)"', response.content.decode())
    assert hashes
    executed = response.content.decode().replace('<script type="application/ld+json">', "")
    assert len(hashes) == executed.count("<script")
    assert all(f"'{each}'" in response["Content-Security-Policy"] for each in hashes)


def test_a_debug_page_is_the_only_one_without_a_policy(rf):
    from django.http import HttpResponse

    from comparisons.http.middleware import SecurityHeadersMiddleware

    def answer(request):
        response = HttpResponse()
        response._csp_config = {}
        return response

    assert "Content-Security-Policy" not in SecurityHeadersMiddleware(answer)(rf.get("/"))
    assert "Content-Security-Policy" in SecurityHeadersMiddleware(lambda request: HttpResponse())(rf.get("/"))


@pytest.mark.parametrize("path", SCRIPTS)
def test_collecting_static_files_leaves_scripts_as_they_are(path, tmp_path):
    """Else their hash would change: production renames files and rewrites references."""
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    storage = CompressedManifestStaticFilesStorage(location=tmp_path)
    source = Path(finders.find(path))
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(source.read_bytes())
    list(storage.post_process({path: (storage, path)}))
    assert (tmp_path / storage.hashed_files[path]).read_bytes() == source.read_bytes()
    assert integrity(path).startswith("sha384-")


def test_https_redirects_and_promises_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    from django.test import Client

    response = Client().get("/")
    assert response.status_code == 301
    assert response["Location"].startswith("https://")
    assert "Content-Security-Policy" in response
    assert Client().get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=63072000")
