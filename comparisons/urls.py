"""Every address of the site. Tests write them out, so that a changed one breaks a test."""

from django.contrib import admin
from django.urls import include, path

from comparisons import feeds
from comparisons.desk.accounts.views.sign_in import sign_in
from comparisons.http import errors
from comparisons.views import (
    bookmarks,
    compare,
    favicon,
    home,
    methodology,
    pick,
    privacy,
    programs,
    reviewers,
    search,
    security_txt,
    sitemaps,
    tools,
    visitor_state,
    votes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", compare.comparison_list, name="comparisons"),
    path("compare/pick/", pick.pick, name="pick"),
    path("compare/<str:address>/", compare.comparison, name="comparison"),
    path("tools/", tools.tool_list, name="tools"),
    path("tools/<str:slug>/", tools.tool, name="tool"),
    path("tools/<slug:slug>/vote/", votes.vote, name="vote"),
    path("tools/<slug:slug>/bookmark/", bookmarks.bookmark, name="bookmark"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("visitor-state/", visitor_state.visitor_state, name="visitor-state"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/forget/", privacy.forget_me, name="forget_me"),
    path("categories/<slug:slug>/", tools.category, name="category"),
    path("reviewers/", reviewers.reviewer_list, name="reviewers"),
    path("reviewers/<slug:slug>/", reviewers.reviewer, name="reviewer"),
    path("methodology/", methodology.methodology, name="methodology"),
    path("methodology/versions/", methodology.versions, name="method_versions"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search-suggestions"),
    path("newsletter/", include("comparisons.newsletter.urls")),
    path("feeds/comparisons.atom", feeds.new_comparisons, name="feed_comparisons"),
    path("feeds/changes.atom", feeds.changes, name="feed_changes"),
    path("feeds/categories/<slug:slug>.atom", feeds.category, name="feed_category"),
    path("feeds/reviewers/<slug:slug>.atom", feeds.reviewer, name="feed_reviewer"),
    path("feeds/tools/<slug:slug>.atom", feeds.tool, name="feed_tool"),
    path("feeds/compare/<str:address>.atom", feeds.comparison, name="feed_comparison"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.file, name="sitemap_file"),
    path("robots.txt", programs.robots_txt, name="robots_txt"),
    path("llms.txt", programs.llms_txt, name="llms_txt"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("favicon.ico", favicon.favicon, name="favicon"),
    path("admin/login/", sign_in, name="account_login"),  # in place of the admin's own
    path("admin/account/", include("comparisons.desk.accounts.urls")),
    path("admin/password/", include("comparisons.desk.accounts.password_urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
