"""Issue trackers: promises as one tracking issue, experiments as stories, and what became of their issues.

This is the only part of the program that talks to a network.
"""
