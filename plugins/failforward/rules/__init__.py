"""Rule files: from one Markdown file to a rule with its cases."""
