"""An import as served: the work goes on in a thread of the process, and the page says how far it is."""

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


def test_an_import_goes_on_behind_the_page_that_shows_how_far_it_is(served):
    sent = signed_in(served)
    rows = "".join(f"tool-{number},Tool {number},research\n" for number in range(ROWS))
    fields = {"kind": "tools", "format": "csv", "file": f"slug,name,category\n{rows}"}
    parts = "".join(
        FILE.format(name=name, text=text, more='; filename="tools.csv"' if name == "file" else "")
        for name, text in fields.items()
    )
    status, headers, _ = served.get(
        "/admin/files/",
        method="POST",
        headers=sent | {"Content-Type": "multipart/form-data; boundary=x"},
        body=f"{parts}--x--\r\n".encode(),
        timeout=timeouts.SECONDS,
    )
    assert status == 302
    address = headers["location"]
    assert re.fullmatch(r"/admin/files/\d+/", address)
    bars = set()
    ends = time.monotonic() + timeouts.SECONDS
    while time.monotonic() < ends:
        status, headers, page = served.get(address, headers=sent, timeout=timeouts.SECONDS)
        assert status == 200
        if "refresh" not in headers:
            break
        bars |= set(re.findall(rb'<progress [^>]*value="(\d+)"', page))
        time.sleep(0.1)
    assert b"Nothing was written: the file has " in page
    assert len(bars) > 1
    assert b"600 rows: 2\xe2\x80\x93601" in page
