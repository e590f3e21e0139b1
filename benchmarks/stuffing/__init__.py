"""Attacks on votes, honest surges and quiet months against the real voting service, on a made-up clock."""
