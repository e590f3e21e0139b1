"""The authentication backend: account and session validity in one query."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class DeskBackend(ModelBackend):
    """Django's own accounts."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("desk_account").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
