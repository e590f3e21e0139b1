"""A real browser on the sample catalogue. Without Chromium these tests are skipped, in CI they fail."""

import os
import shutil
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import timeouts
from tests.sample_catalogue import load_catalogue

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HINT = "No browser: install Chromium (on Debian and Ubuntu: apt install chromium)"

# Playwright runs an event loop in this thread; the tests' own queries are still one after the other.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

MILLISECONDS = 1000
expect.set_options(
    timeout=30 * MILLISECONDS
)  # instead of 5 seconds: what is awaited may come late on a busy machine


def wait_until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Wait for something that no page shows, while the browser goes on."""
    deadline = time.monotonic() + timeouts.SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"there is not {what} after {timeouts.SECONDS} seconds"
        page.wait_for_timeout(50)


def pytest_collection_modifyitems(items):
    if CHROMIUM is None and not os.environ.get("CI"):
        for item in items:
            if "tests/browser" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason=HINT))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert CHROMIUM, HINT
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture
def context(context):
    context.set_default_timeout(timeouts.SECONDS * MILLISECONDS)
    return context


@pytest.fixture
def site(live_server):
    """The address of a running site with the sample catalogue."""
    load_catalogue()
    return live_server.url


@pytest.fixture
def watched(page, site):
    """A page that notes console messages, failed requests, and requests to other hosts."""
    page.complaints = []

    def note(message):
        # Who types on replaces the question that is under way. htmx tells that twice, as if it were an error.
        if message.text.startswith("htmx:sendAbort") and page.complaints[-1].startswith(
            "console: htmx:afterRequest"
        ):
            page.complaints.pop()
        else:
            page.complaints.append(f"console: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: page.complaints.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(site) else page.complaints.append(f"request: {request.url}")
        ),
    )
    return page


@pytest.fixture
def desk(watched, site, admin_user):
    """A page of a signed-in editor."""
    watched.goto(site + "/admin/")
    watched.get_by_label("Username").fill("admin")
    watched.get_by_label("Password").fill("password")
    watched.get_by_role("button", name="Log in").click()
    expect(watched.get_by_role("heading", name="What next")).to_be_visible()
    return watched
