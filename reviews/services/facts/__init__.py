"""Facts: saving them by their rules, and laying them out."""
