"""Merging two tools that are the same."""
