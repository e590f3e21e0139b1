"""Import and export: tools, attributes, facts, verdicts and comparisons as CSV, JSON or YAML."""
