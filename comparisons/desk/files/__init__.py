"""The catalogue as files: tools, verdicts and comparisons, exported to CSV, JSON or YAML and imported again."""
