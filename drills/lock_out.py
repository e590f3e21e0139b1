"""Sixteen programs try an editor's password without pause, and the editor still signs in.

The editor signs in every two seconds: in a browser the account knows, from the attackers' network, and in a
new one from another network. A refused attempt is repeated at once; the seconds until the desk is open are
measured.
"""

import argparse
import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from drills.sign_ins import AT_ONCE
from drills.site import Site
from drills.visitors import Answers, ask

EDITOR = "grace"
PASSWORD = "lamp-cobalt-otter-nine"
ATTACKERS = "198.51.100.7"
ELSEWHERE = "203.0.113.7"
PATIENCE = 10.0
ACCOUNT = f"""
from django.contrib.auth.models import User
User.objects.create_user({EDITOR!r}, password={PASSWORD!r}, is_staff=True)
"""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """A browser in the network of `address`; `is_kept` keeps cookies between sign-ins."""

    def __init__(self, site: Site, address: str, *, is_kept: bool) -> None:
        self.site = site
        self.address = address
        self.is_kept = is_kept
        self.cookies = CookieJar()

    def sign_in(self) -> float:
        """Sign in, repeating while the site is too busy; return the seconds, or 0 if it never worked."""
        for cookie in list(self.cookies):
            if cookie.name == "session" or not self.is_kept:
                self.cookies.clear(cookie.domain, cookie.path, cookie.name)
        opener = build_opener(HTTPCookieProcessor(self.cookies), _Stay)
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            status, page = self._send(opener, None)
            if token := re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page):
                typed = {"username": EDITOR, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()}
                status, page = self._send(opener, urlencode(typed).encode())
                if status == 302:
                    return time.monotonic() - began
            if status in (200, 429):
                return 0.0  # refused for good: the attackers used up what this browser may try
            time.sleep(0.1)
        return 0.0

    def _send(self, opener: object, body: bytes | None) -> tuple[int, bytes]:
        headers = {"X-Forwarded-For": self.address, "Sec-Fetch-Site": "same-origin"}
        request = Request(f"http://127.0.0.1:{self.site.port}/admin/login/", data=body, headers=headers)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except HTTPError as answer:
            return answer.code, answer.read()
        except OSError:
            return 0, b""


async def attack(site: Site, *, seconds: float) -> Answers:
    """Send wrong passwords without pause, as `AT_ONCE` programs do."""
    _, headers, page = site.get("/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    sent = (
        f"Cookie: {headers['set-cookie'].partition(';')[0]}\r\nX-Forwarded-For: {ATTACKERS}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    )
    body = f"username={EDITOR}&password=wrong&csrfmiddlewaretoken={token}"
    answers = Answers()
    ends_at = time.monotonic() + seconds

    async def program() -> None:
        while time.monotonic() < ends_at:
            answers.add(*await ask(site.port, "/admin/login/", method="POST", headers=sent, body=body))

    await asyncio.gather(*(program() for _ in range(AT_ONCE)))
    return answers


async def come_in(browser: Browser, *, seconds: float) -> list[float]:
    """Sign in every two seconds and return how long each took."""
    took = []
    ends_at = time.monotonic() + seconds
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:
        while time.monotonic() < ends_at:
            took.append(await loop.run_in_executor(pool, browser.sign_in))
            await asyncio.sleep(2)
    return took


def told(took: list[float]) -> str:
    fine = sorted(each for each in took if each)
    if not fine:
        return f"0 of {len(took)}"
    return (
        f"{len(fine)} of {len(took)}; half within {fine[len(fine) // 2]:.1f} s, all within {fine[-1]:.1f} s"
    )


async def run(site: Site, *, seconds: float) -> tuple[Answers, list[float], list[float]]:
    known = Browser(site, ATTACKERS, is_kept=True)
    new = Browser(site, ELSEWHERE, is_kept=False)
    assert known.sign_in(), "the control: without an attack the editor comes in"
    return await asyncio.gather(
        attack(site, seconds=seconds), come_in(known, seconds=seconds), come_in(new, seconds=seconds)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with Site(TRUSTED_PROXIES="1") as site:
        site.manage("shell", "--command", ACCOUNT)
        quiet, attempts, known, new = asyncio.run(run(site, seconds=options.seconds))
    print("| who | what came of it |\n|---|---|")
    print(f"| the editor, before the attack | {told(quiet)} |")
    print(f"| the programs | {attempts} |")
    print(f"| the editor in a known browser, from the attackers' network | {told(known)} |")
    print(f"| the editor in a new browser, from another network | {told(new)} |")


if __name__ == "__main__":
    main()
