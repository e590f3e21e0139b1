"""Pages with a secret address of one reader: no cache may keep them."""

from django.views.decorators.cache import cache_control

personal = cache_control(private=True, no_store=True)
