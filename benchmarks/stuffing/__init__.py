"""Attacks on the votes, honest surges and quiet months, played against the real voting service with a clock
of their own."""
