"""`make audit`: attacks with other people's tools, on this machine alone."""
