"""The form field of an e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from comparisons.mail_addresses import NOT_AN_ADDRESS, InvalidAddress, ascii_address


class MailAddressField(forms.CharField):
    """Takes an address that mail can be sent to, and gives it in ASCII (see `ascii_address`)."""

    widget = forms.EmailInput
    validate_address = EmailValidator(NOT_AN_ADDRESS)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            address = ascii_address(typed)
        except InvalidAddress as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong
        self.validate_address(address)
        return address
