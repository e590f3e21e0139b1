"""Import and export: the whole catalogue as CSV, JSON or YAML."""
