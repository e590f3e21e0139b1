"""The catalogue as files: tools, verdicts and comparisons out to CSV, JSON or YAML, and in again."""
