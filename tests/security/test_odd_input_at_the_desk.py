"""Odd input at the desk gets a clear answer, never an error 500."""

import re

import pytest

from comparisons.desk.files.columns import ScoreColumn
from reviews.admin.wording import SCORE_WANTED

pytestmark = pytest.mark.django_db

NINES = "9" * 40


@pytest.mark.parametrize("key", ["x", "", NINES, "-1", "1 2", "²", "\0", "١"])
@pytest.mark.parametrize(
    "path", ["/admin/reviews/tool/", "/admin/reviews/votebatch/", "/admin/newsletter/subscriber/"]
)
def test_an_invalid_selected_row_causes_no_server_error(admin_client, catalogue, path, key):
    for action in ("delete_selected", "release", "count_bounce", "x"):
        answer = admin_client.post(
            path, {"action": action, "_selected_action": [key, "1"], "index": "0"}, follow=True
        )
        assert answer.status_code in (200, 403)


@pytest.mark.parametrize("value", [NINES, f"-{NINES}", "x", "0", "10000", "²", "2026-13-45"])
@pytest.mark.parametrize(
    "lookup", ["__year", "__month", "__day", "__gte", "__lt", "__date", "", "__isnull", "__in"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/admin/reviews/tool/?published_at",
        "/admin/newsletter/subscriber/?confirmed_at",
        "/admin/reviews/tool/?category__id",
    ],
)
def test_an_invalid_filter_causes_no_server_error(admin_client, path, lookup, value):
    answer = admin_client.get(f"{path}{lookup}={value}", follow=True)
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("field", ["first", "second"])
@pytest.mark.parametrize("value", ["x", NINES, "-1", "²", "1.5"])
def test_an_invalid_tool_id_is_refused(admin_client, catalogue, field, value):
    path = "/admin/comparisons/comparison/add/"
    assert admin_client.get(f"{path}?{field}={value}").status_code == 200
    answer = admin_client.post(path, {field: value})
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()


@pytest.mark.parametrize(
    "credential", ["9" * 5_000, "[" * 60_000, '{"id":' * 9_000, "1e400", "[1e400]", "{}"]
)
def test_an_invalid_passkey_is_refused(client, credential):
    answer = client.post("/admin/account/passkey/", {"credential": credential})
    assert answer.status_code == 200
    assert re.search("was not understood|does not belong to an account", answer.content.decode())


@pytest.mark.parametrize("number", ["9" * 5_000, "101", "-1", "²"])
def test_an_invalid_score_in_a_file_is_told(number):
    with pytest.raises(ValueError, match=re.escape(str(SCORE_WANTED)[:20])):
        ScoreColumn("score").read(number)


@pytest.mark.parametrize("path", ["/admin/auth/group/add/", "/admin/auth/user/{}/change/"])
@pytest.mark.parametrize("key", ["x", NINES, "-1", "²", ""])
def test_an_invalid_permission_is_refused(admin_client, admin_user, path, key):
    field = "permissions" if "group" in path else "user_permissions"
    answer = admin_client.post(path.format(admin_user.pk), {"name": "Desk", field: [key]})
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert field in form.errors
