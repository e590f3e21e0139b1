"""No log holds a token, an address, a mail address or a visitor."""

import re
import sqlite3

import pytest

from tests.security.inputs import paths_with_an_argument

pytestmark = pytest.mark.slow

ADDRESS = "198.51.100.77"
MAIL = "somebody.private@example.com"
TOKEN = "Zq7_leave-token-of-22c"
PASSWORD = "Zq7 a password typed at the desk"
FORM = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
    "X-Forwarded-For": ADDRESS,
}


def misbehave(site) -> str:
    """Provoke every kind of record with something confidential; return the visitor in the cookie."""
    site.get("/tools/mistral-3b/vote/", method="POST", headers=FORM, body=b"decision=ship")
    cookie = site.get("/tools/mistral-3b/bookmark/", method="POST", headers=FORM, body=b"bookmarked=yes")[1][
        "set-cookie"
    ]
    visitor = cookie.partition(";")[0]
    known = FORM | {"Cookie": visitor}
    mailed = [
        path.replace("<>", TOKEN)
        for path in paths_with_an_argument()
        if path.count("/") > 3 and "/newsletter/" in path
    ]
    assert len(mailed) >= 3
    for path in mailed:
        for method in ("GET", "POST", "PUT", "DELETE"):
            site.get(path, method=method, headers=known, body=b"" if method != "GET" else None)
        site.get(path + "x", headers=known)
        site.get(path, headers=known | {"Host": "evil.example"})
    for path in ("/nowhere/", f"/nowhere/?email={MAIL}", f"/tools/{MAIL}/", "/admin/", "/%0Aforged: line"):
        site.get(path.replace(" ", "%20"), headers=known)
    site.get("/newsletter/subscribe/", method="POST", headers=known, body=f"email={MAIL}".encode())
    site.get("/admin/password/new/", method="POST", headers=known, body=f"email={MAIL}".encode())
    site.get(
        "/admin/login/", method="POST", headers=known, body=f"username={MAIL}&password={PASSWORD}".encode()
    )
    site.get(f"/admin/password/MQ/{TOKEN}/", headers=known)
    database = sqlite3.connect(site.database_url.removeprefix("sqlite:///"), isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    for path in (mailed[1], "/tools/mistral-3b/vote/"):
        site.get(path, method="POST", headers=known, body=b"decision=ship", timeout=30)
    database.rollback()
    database.close()
    return visitor.partition("=")[2]


def test_nothing_confidential_is_logged(served):
    visitor = misbehave(served)
    log = served.log.read_text()
    assert "Not Found: /nowhere/" in log
    assert re.search(r"Method Not Allowed \(PUT\): /newsletter/\w+/\[token\]/", log)
    assert "The database did not answer" in log
    confidential = {
        ADDRESS: "address",
        MAIL: "mail",
        TOKEN: "token",
        visitor: "visitor",
        PASSWORD: "password",
    }
    assert [name for text, name in confidential.items() if text in log] == []
    assert not re.search(r"^forged", log, re.MULTILINE)


@pytest.mark.parametrize(("path", "host"), [("/nowhere-else/", "127.0.0.1"), ("/", "evil-host.example")])
def test_who_asks_for_something_odd_writes_one_line(served, path, host):
    before = served.log.read_text()
    served.get(path, headers={"Host": host})
    written = served.log.read_text().removeprefix(before)
    assert written.count("\n") == 1, written
    assert "Traceback" not in written
