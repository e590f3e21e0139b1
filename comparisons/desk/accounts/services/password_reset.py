"""Who gets a mail with a link to a new password."""

from django.contrib.auth.models import User


def accounts_of_address(address: str) -> list[User]:
    """Return the accounts of this address with a seat at the desk and a usable password."""
    found = User.objects.filter(email__iexact=address, is_active=True, is_staff=True).exclude(email="")
    return [user for user in found if user.has_usable_password()]
