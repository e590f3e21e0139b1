"""The verdict matrix at the desk: rows are tools, columns reviewers."""
