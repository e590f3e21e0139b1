"""Accounts at the desk: sign-in with a second factor, limits, recovery, and who may change whose."""
