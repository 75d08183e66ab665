"""The kinds of check. To add one: a module, and a line in CHECKS."""

from __future__ import annotations

from failforward.checks import (
    allow,
    causes,
    experiments,
    fields,
    identity,
    links,
    people,
    reading,
    sections,
    timeline,
    times,
    wording,
)
from failforward.checks.kind import Kind

CHECKS: dict[str, Kind] = {
    "reading": reading.KIND,
    "identity": identity.KIND,
    "fields": fields.KIND,
    "sections": sections.KIND,
    "times": times.KIND,
    "timeline": timeline.KIND,
    "causes": causes.KIND,
    "experiments": experiments.KIND,
    "people": people.KIND,
    "links": links.KIND,
    "wording": wording.KIND,
    "allow": allow.KIND,
}
