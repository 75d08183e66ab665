"""The kinds of check. To add one: a module, and a line in CHECKS."""

from __future__ import annotations

from failforward.checks import reading
from failforward.checks.kind import Kind

CHECKS: dict[str, Kind] = {
    "reading": reading.KIND,
}
