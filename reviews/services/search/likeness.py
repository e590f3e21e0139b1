"""The one measure of likeness, for mistyped names, makers, categories and slugs."""

from difflib import SequenceMatcher


class Likeness:
    def __init__(self, typed: str) -> None:
        self._matcher = SequenceMatcher(b=typed, autojunk=False)

    def of(self, name: str, *, at_least: float = 0.0) -> float:
        """Return the share of letters in the same order, 0 to 1; 0 if below `at_least`.

        Most names are ruled out quickly by their letters in any order.
        """
        self._matcher.set_seq1(name)
        if self._matcher.real_quick_ratio() < at_least or self._matcher.quick_ratio() < at_least:
            return 0.0
        share = self._matcher.ratio()
        return share if share >= at_least else 0.0
