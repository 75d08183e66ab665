"""Text and its positions: sources, Markdown trees, plain and safe HTML."""
