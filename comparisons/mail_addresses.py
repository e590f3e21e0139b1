"""E-mail addresses as mail servers take them: ASCII, with the domain by IDNA 2008 (RFC 5891).

Python's codec `idna`, and Django with it, follow the standard of 2003, which makes strasse.de of straße.de:
another person's domain.
"""

import idna

NOT_AN_ADDRESS = "That does not look like an e-mail address. Check it for a typing mistake."
WRONG_DOMAIN = (
    "What stands after the @ is not a domain that mail can be sent to. Check it for a typing mistake."
)
WRONG_LOCAL_PART = (
    "Before the @ only unaccented letters, digits and signs can be used: many mail servers take no mail to "
    "other addresses. Use another address."
)


class InvalidAddress(ValueError):
    """Mail can't be sent to the address; the message is a sentence for whoever typed it."""


def ascii_address(typed: str) -> str:
    """Return the address with its domain in lower case and ASCII.

    Local parts with other letters would need SMTPUTF8 (RFC 6531) at every server: they are refused.
    Raises InvalidAddress.
    """
    local, _, domain = typed.rpartition("@")
    if not local:
        raise InvalidAddress(NOT_AN_ADDRESS)
    if not local.isascii():
        raise InvalidAddress(WRONG_LOCAL_PART)
    return f"{local}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as wrong:
        raise InvalidAddress(WRONG_DOMAIN) from wrong
