"""Pages whose address is a secret between the site and one reader: no cache may keep them."""

from django.views.decorators.cache import cache_control

personal = cache_control(private=True, no_store=True)
