"""Every address of the site. DESIGN names them; tests write them out, so that a changed one breaks a test."""

from django.contrib import admin
from django.urls import include, path

from comparisons.views import compare, errors, favicon, home, tools

urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", compare.comparison_list, name="comparisons"),
    path("compare/<str:address>/", compare.comparison, name="comparison"),
    path("tools/", tools.tool_list, name="tools"),
    path("tools/<slug:slug>/", tools.tool, name="tool"),
    path("newsletter/", include("comparisons.newsletter.urls")),
    path("favicon.ico", favicon.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

admin.site.site_header = admin.site.site_title = "Editors' desk"
admin.site.index_title = "What would you like to do?"
