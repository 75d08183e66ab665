"""Which form a review takes: light or full."""

from __future__ import annotations

from failforward.model.review import Review
from failforward.model.settings import Settings


def depth_of(review: Review, settings: Settings) -> str:
    """Give `light` or `full`: as written, else light for the light kinds and the lower severities."""
    if review.depth:
        return review.depth
    if isinstance(review.severity, str) and review.severity:
        return "full" if review.severity in settings.full_severities else "light"
    return "light" if review.kind in settings.light_kinds else "full"
