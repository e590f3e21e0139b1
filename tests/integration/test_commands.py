from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_welcome_says_where_the_site_is_and_how_to_become_an_editor():
    out = StringIO()
    call_command("welcome", url="http://127.0.0.1:8000", stdout=out)
    assert "http://127.0.0.1:8000/" in out.getvalue()
    assert "createsuperuser" in out.getvalue()


def test_welcome_is_silent_about_accounts_once_there_is_an_editor(admin_user):
    out = StringIO()
    call_command("welcome", url="http://127.0.0.1:8000", stdout=out)
    assert "createsuperuser" not in out.getvalue()
