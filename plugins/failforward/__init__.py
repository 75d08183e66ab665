"""failforward: reviews of failures as Markdown files, checked, indexed and published as a playbook."""

__version__ = "0.1.0"
