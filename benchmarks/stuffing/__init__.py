"""Attacks on votes, honest surges and quiet months, against the real voting service with a clock of their
own.
"""
