"""Accounts at the desk: signing in with a password and a second factor, limits, recovery, and who may change
whose account."""
