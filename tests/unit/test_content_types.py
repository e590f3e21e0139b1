"""A content type reaches Django as its kind and boundary, without charset."""

import pytest

from comparisons.http.front_door.content_types import clean_content_type
from comparisons.http.front_door.refused import Refused


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("text/plain", "text/plain"),
        ("Text/Plain ; charset=UTF-8", "text/plain"),
        ("application/x-www-form-urlencoded; charset=utf8", "application/x-www-form-urlencoded"),
        ('multipart/form-data; boundary="a b"', 'multipart/form-data; boundary="a b"'),
        ("multipart/form-data; boundary=x; boundary=y", 'multipart/form-data; boundary="x"'),
        ("multipart/form-data; boundary=x; profile=y", 'multipart/form-data; boundary="x"'),
        ("text/plain;", "text/plain"),
        ("text/plain; ;charset =hex", "text/plain"),
        ("multipart/form-data; boundary*=hex''x", "multipart/form-data"),
    ],
)
def test_a_content_type_is_normalised(sent, clean):
    assert clean_content_type(sent) == clean


@pytest.mark.parametrize(
    "sent",
    [
        "text/plain; charset=utf-16",
        "text/plain; charset=hex",
        'text/plain;charset="cp037"',
        "text/plain; charset=utf-8; charset=utf-7",
        "text/plain; charset*=utf-8''utf-8",
        "text/plain; charset*0=utf; charset*1=-7",
        "text",
        "",
        "\0/x",
        "text/plain" + "; x=y" * 100,
    ],
)
def test_anything_else_is_refused(sent):
    with pytest.raises(Refused) as refused:
        clean_content_type(sent)
    assert refused.value.status == 415
