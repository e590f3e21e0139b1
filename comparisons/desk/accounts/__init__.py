"""Accounts at the desk: signing in with password and second factor, limits, recovery, and who may change
whose account.
"""
