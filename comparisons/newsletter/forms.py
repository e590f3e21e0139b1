"""The form of a subscription."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

NOT_AN_ADDRESS = "That does not look like an e-mail address. Check it for a typing mistake."

validate_address = EmailValidator(allowlist=[])  # not even localhost


class SubscribeForm(forms.Form):
    """An address, and a hidden field that only programs fill in."""

    email = forms.CharField(
        max_length=254,
        error_messages={
            "required": "Type your e-mail address.",
            "max_length": "That is too long for an e-mail address.",
        },
    )
    subject = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("subject"))

    def clean_email(self) -> str:
        """Return an address that mail can be sent to: its host in lower case and ASCII."""
        local, _, host = self.cleaned_data["email"].rpartition("@")
        try:
            email = f"{local}@{host.encode('idna').decode('ascii').lower()}"
            local.encode("ascii")
            validate_address(email)
        except (ValidationError, UnicodeError) as wrong:
            raise ValidationError(NOT_AN_ADDRESS) from wrong
        if '"' in local or host.endswith("]"):  # the standard has them, readers do not
            raise ValidationError(NOT_AN_ADDRESS)
        return email
