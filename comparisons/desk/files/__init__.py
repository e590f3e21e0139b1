"""Import and export: tools, verdicts and comparisons as CSV, JSON or YAML."""
