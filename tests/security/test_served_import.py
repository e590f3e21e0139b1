"""The page of an import grows while rows are read, also through the front door and the server."""

import http.client
import re
import time

import pytest

from tests import timeouts
from tests.accounts import PASSWORD

pytestmark = pytest.mark.slow

ROWS = 600
EDITOR = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("importer", password={PASSWORD!r})
"""
FILE = """--x\r
Content-Disposition: form-data; name="{name}"{more}\r
\r
{text}\r
"""


def signed_in(served) -> dict[str, str]:
    """Return the headers of an editor who has just signed in."""
    served.manage("shell", "--no-imports", "--command", EDITOR)
    _, headers, page = served.get("/admin/login/", timeout=timeouts.SECONDS)
    csrf = headers["set-cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    sent = {
        "Cookie": csrf,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = f"username=importer&password={PASSWORD}&csrfmiddlewaretoken={token}".encode()
    status, headers, _ = served.get(
        "/admin/login/", method="POST", headers=sent, body=body, timeout=timeouts.SECONDS
    )
    assert status == 302
    session = re.search(r"\bsession=[^;]+", headers["set-cookie"])[0]
    return {"Cookie": f"{csrf}; {session}", "Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}


def test_the_page_of_an_import_arrives_while_it_grows(served):
    sent = signed_in(served)
    rows = "".join(f"tool-{number},Tool {number},research\n" for number in range(ROWS))
    fields = {"kind": "tools", "format": "csv", "file": f"slug,name,category\n{rows}"}
    body = "".join(
        FILE.format(name=name, text=text, more='; filename="tools.csv"' if name == "file" else "")
        for name, text in fields.items()
    )
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=timeouts.SECONDS)
    connection.request(
        "POST",
        "/admin/files/",
        body=f"{body}--x--\r\n".encode(),
        headers=sent | {"Content-Type": "multipart/form-data; boundary=x"},
    )
    answer = connection.getresponse()
    assert answer.status == 200
    arrived = []
    while piece := answer.read1(65_536):
        arrived.append((time.monotonic(), piece))
    page = b"".join(piece for _, piece in arrived)
    connection.close()
    assert page.count(b"<progress") >= ROWS // 25
    assert page.rstrip().endswith(b"</html>")
    assert len(arrived) > 10
    assert b"</html>" not in arrived[0][1]
    assert arrived[-1][0] > arrived[0][0]
