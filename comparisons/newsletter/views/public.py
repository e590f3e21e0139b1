"""What the newsletter's views share."""

from django.views.decorators.cache import cache_control

personal = cache_control(private=True, no_store=True)
"""For pages whose address is a secret between us and one reader."""
