"""The mails: how they are written and handed to the mail server."""
