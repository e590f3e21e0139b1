"""A cache in front of the site can be neither poisoned nor made to keep what is personal.

Poisoned: a header that caches ignore changes everybody's page. Deceived: an address like a file's answers
with one person's data, cacheable.
"""

import pytest

from drills.site import Site

pytestmark = pytest.mark.slow

UNKEYED = {
    "Accept": "application/json",
    "Accept-Charset": "utf-16",
    "Accept-Language": "de",
    "Authorization": "Basic eDp5",
    "Cache-Control": "no-cache",
    "Client-IP": "203.0.113.9",
    "Content-Encoding": "gzip",
    "Content-Type": "text/plain; charset=utf-16",
    "Cookie": "session=x; visitor=x; csrf=x; messages=x; lang=de",
    "DNT": "1",
    "Expect": "x",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "From": "a@evil.example",
    "Front-End-Https": "on",
    "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT",
    "Max-Forwards": "0",
    "Origin": "https://evil.example",
    "Pragma": "no-cache",
    "Proxy": "http://evil.example",
    "Range": "bytes=0-9",
    "Referer": "https://evil.example/",
    "Save-Data": "on",
    "Sec-CH-UA-Mobile": "?1",
    "Sec-Fetch-Site": "cross-site",
    "TE": "trailers",
    "True-Client-IP": "203.0.113.9",
    "Upgrade-Insecure-Requests": "1",
    "User-Agent": "Evil/1.0 (iPhone; Googlebot)",
    "Via": "1.1 evil",
    "X-Forwarded-For": "203.0.113.9",
    "X_Forwarded_Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Scheme": "https",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-SSL": "on",
    "X-Host": "evil.example",
    "X-HTTP-Method-Override": "POST",
    "X-Method-Override": "DELETE",
    "X-Original-URL": "/admin/",
    "X-Real-IP": "203.0.113.9",
    "X-Requested-With": "XMLHttpRequest",
    "X-Rewrite-URL": "/admin/",
    "X-Script-Name": "/evil",
    "X-URL-Scheme": "https",
    "X-WAP-Profile": "http://evil.example/",
}
PAGES = ("/", "/compare/code-llama-4-vs-mistral-3b/", "/search/?q=caf%C3%A9", "/compare", "/nowhere/")
KEPT = ("location", "content-type", "content-security-policy", "link", "set-cookie", "vary")
SUFFIXES = """.css .js .png .svg .ico .woff2 .json .txt .html .css.map /x.css /x.js /x.png /..%2fx.css
/%2e%2e/x.css ;x.css ;.js ;/x.png %3Bx.css %3F.css %23.css %00.css %0A.css %0D%0A.css %09.css
%20.css %25%32%66x.css //x.css /.css /~x.css !.css $x.css @x.css ,x.css &x.css *.css \\x.css
%5Cx.css /static/x.css ../static/css/site.css %2e%2e%2fstatic%2fcss%2fsite.css ?x.css ?.css
?callback=x"""


def shown(site, path, **headers):
    """Return what a cache would keep of an answer."""
    status, answered, body = site.get(path, headers=headers)
    return status, {name: answered.get(name) for name in KEPT}, body


@pytest.mark.parametrize("path", PAGES)
def test_no_header_changes_what_everybody_gets(served, path):
    usual = shown(served, path)
    bent = []
    for name, value in UNKEYED.items():
        got = shown(served, path, **{name: value})
        # A page may change with the time of day: what differs is compared with a page fetched now.
        if got != usual and got != (usual := shown(served, path)):
            bent.append(name)
    assert bent == []


def test_there_are_enough_headers_and_suffixes():
    assert len(UNKEYED) >= 45
    assert len(SUFFIXES.split()) >= 40


@pytest.fixture(scope="module")
def editor_cookie(served: Site) -> str:
    code = (
        "from django.contrib.auth.models import User;"
        "from django.contrib.sessions.backends.db import SessionStore;"
        "from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY;"
        "from django.conf import settings;"
        "u = User.objects.create_superuser('deceived', password='a long enough password');"
        "s = SessionStore(); s[SESSION_KEY] = str(u.pk);"
        "s[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0];"
        "s[HASH_SESSION_KEY] = u.get_session_auth_hash(); s.save(); print(s.session_key)"
    )
    return "session=" + served.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1]


@pytest.fixture(scope="module")
def visitor_cookie(served: Site) -> str:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    answer = served.get("/tools/mistral-3b/bookmark/", method="POST", headers=headers, body=b"bookmarked=yes")
    return answer[1]["set-cookie"].partition(";")[0]


def test_the_cookies_work(served, editor_cookie, visitor_cookie):
    assert b"deceived" in served.get("/admin/", headers={"Cookie": editor_cookie})[2]
    assert b"Mistral" in served.get("/bookmarks/", headers={"Cookie": visitor_cookie})[2]


@pytest.mark.parametrize(
    "path", ["/yours/", "/bookmarks/", "/admin/", "/admin/account/", "/admin/reviews/tool/"]
)
def test_no_address_that_looks_like_a_file_may_be_kept_with_what_is_personal(
    served, editor_cookie, visitor_cookie, path
):
    cookie = f"{editor_cookie}; {visitor_cookie}"
    for suffix in SUFFIXES.split():
        for address in (path + suffix, path.rstrip("/") + suffix):
            status, headers, body = served.get(address, headers={"Cookie": cookie})
            is_kept = "no-store" not in headers["cache-control"]
            stranger = served.get(address) if is_kept else None
            assert not is_kept or (status, body) == (stranger[0], stranger[2]), address
            assert not (is_kept and "set-cookie" in headers), address
