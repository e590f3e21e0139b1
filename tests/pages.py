"""Every kind of public page and of answers to programs by name, on the sample catalogue.

A line added here puts a page under every test of its kind.
"""

PAGES = {
    "home": "/",
    "comparisons": "/compare/",
    "comparisons with a name mistyped": "/compare/?q=qdrnt",
    "comparison": "/compare/code-llama-4-vs-mistral-3b/",
    "comparison without scores": "/compare/smollm3-vs-mistral-8x24b-mixture-of-experts/",
    "comparison nobody curated": "/compare/code-llama-4-vs-smollm3/",
    "comparison of three": "/compare/code-llama-4-vs-mistral-3b-vs-smollm3/",
    "comparison of four": (
        "/compare/code-llama-4-vs-llama-4-scout-fine-tuning-toolkit-vs-mistral-3b-vs-smollm3/"
    ),
    "tools": "/tools/",
    "tool": "/tools/mistral-3b/",
    "privacy": "/privacy/",
    "category": "/categories/machine-learning/",
    "reviewers": "/reviewers/",
    "reviewer": "/reviewers/skeptic/",
    "methodology": "/methodology/",
    "method_versions": "/methodology/versions/",
    "choosing": "/compare/pick/",
    "choosing among several": "/compare/pick/?tool=llama&tool=whisper",
    "search": "/search/",
    "search with results": "/search/?q=mistral+device",
    "search with nothing found": "/search/?q=mistrl",
    "search for a licence": "/search/?q=mit",
    "search with a comparison guessed": "/search/?q=streamlt+vs+gradoi",
    "search with a choice of comparisons": "/search/?q=mistral+vs+llama",
    "letters": "/newsletter/",
    "letter asked for": "/newsletter/asked/",
}

ERROR_PAGES = {
    "no such page": "/nowhere/",
    "no such comparison": "/compare/mistral-3c-vs-code-llama-4/",
    "no such tool": "/tools/mistral-3c/",
    "no such category": "/categories/machine-learing/",
    "no such reviewer": "/reviewers/sceptic/",
}

FOR_PROGRAMS = {
    "robots": "/robots.txt",
    "llms": "/llms.txt",
    "sitemap": "/sitemap.xml",
    "sitemap of pages": "/sitemap-pages.xml",
    "sitemap of tools": "/sitemap-tools-1.xml",
    "sitemap of comparisons": "/sitemap-comparisons-1.xml",
    "sitemap of categories": "/sitemap-categories-1.xml",
    "sitemap of reviewers": "/sitemap-reviewers-1.xml",
    "feed of comparisons": "/feeds/comparisons.atom",
    "feed of changes": "/feeds/changes.atom",
    "feed of a category": "/feeds/categories/machine-learning.atom",
    "feed of a reviewer": "/feeds/reviewers/skeptic.atom",
    "feed of a tool": "/feeds/tools/mistral-3b.atom",
    "feed of a comparison": "/feeds/compare/code-llama-4-vs-mistral-3b.atom",
}
"""Answers that are no HTML."""
