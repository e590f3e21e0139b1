"""The editors' desk: Django's admin, and the pages that are about more than one row."""
