"""Likely rivals: pairs of tools that no editor has compared yet."""
