"""The form of a subscription."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from comparisons.mail_address_field import MailAddressField
from comparisons.mail_addresses import NOT_AN_ADDRESS

validate_address = EmailValidator(NOT_AN_ADDRESS, allowlist=[])  # not even localhost


class SubscribeForm(forms.Form):
    """An address, and a hidden field that only programs fill in."""

    email = MailAddressField(
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
        """Return an address on the internet, of a form that readers have."""
        email = str(self.cleaned_data["email"])
        validate_address(email)
        if '"' in email or email.endswith("]"):  # the standard has them, readers do not
            raise ValidationError(NOT_AN_ADDRESS)
        return email
