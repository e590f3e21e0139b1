"""The addresses of the desk's own pages, below /admin/ and in the admin's namespace."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, path

from comparisons.desk.duplicates import duplicates, mark, names_like
from comparisons.desk.files import views as files
from comparisons.desk.merging import views as merging
from comparisons.desk.open_pages.views import open_page
from comparisons.desk.previews import preview_comparison, preview_tool
from comparisons.desk.rivals import views as rivals
from comparisons.desk.typed_preview import preview_typed_tool
from comparisons.desk.verdict_matrix.views import matrix


def _desk_path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """Return the path of a page for editors who are signed in."""
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    _desk_path("preview/tools/<int:pk>/", preview_tool, name="preview_tool"),
    _desk_path("preview/typed/tools/", preview_typed_tool, name="preview_new_tool"),
    _desk_path("preview/typed/tools/<int:pk>/", preview_typed_tool, name="preview_typed_tool"),
    _desk_path("preview/comparisons/<int:pk>/", preview_comparison, name="preview_comparison"),
    _desk_path("merge/<int:pk>/", merging.choose, name="merge"),
    _desk_path("merges/<int:pk>/take-back/", merging.take_back, name="merge_undo"),
    _desk_path("merge/<int:pk>/into/<int:kept>/", merging.confirm, name="merge_into"),
    _desk_path("rivals/", rivals.rivals, name="rivals"),
    _desk_path("open/", open_page, name="open_page"),
    _desk_path("verdict-matrix/", matrix, name="verdict_matrix"),
    _desk_path("duplicates/", duplicates, name="duplicates"),
    _desk_path("duplicates/<int:pk>/and/<int:other>/", mark, name="duplicates_mark"),
    _desk_path("similar-names/", names_like, name="similar_names"),
    _desk_path("files/", files.files, name="files"),
    _desk_path("files/export/", files.export, name="files_export"),
    _desk_path("files/<int:pk>/", files.show_run, name="files_run"),
    _desk_path("files/<int:pk>/take-back/", files.take_back, name="files_take_back"),
    _desk_path("files/<int:pk>/again/", files.check_again, name="files_again"),
    _desk_path("files/<int:pk>/write/", files.write, name="files_write"),
]
