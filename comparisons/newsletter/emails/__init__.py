"""The mails: how they are written, and how they are handed to the mail server."""
