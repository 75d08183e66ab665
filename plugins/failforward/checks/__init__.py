"""The kinds of check. To add one: a module with its KIND, and a line in CHECKS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from failforward.checks.kind import Kind


class Kinds(Mapping[str, Kind]):
    """Kinds of check by name; the module of one is imported when a rule of that kind is met."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        """Take name → module."""
        self._modules = modules
        self._met: dict[str, Kind] = {}

    def __getitem__(self, name: str) -> Kind:
        if name not in self._met:
            kind = import_module(self._modules[name]).KIND
            assert isinstance(kind, Kind)
            self._met[name] = kind
        return self._met[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


CHECKS = Kinds({
    "reading": "failforward.checks.reading",
    "identity": "failforward.checks.identity",
    "fields": "failforward.checks.fields",
    "sections": "failforward.checks.sections",
    "times": "failforward.checks.times",
    "timeline": "failforward.checks.timeline",
    "causes": "failforward.checks.causes",
    "experiments": "failforward.checks.experiments",
    "people": "failforward.checks.people",
    "links": "failforward.checks.links",
    "risks": "failforward.checks.risks",
    "wording": "failforward.checks.wording",
    "allow": "failforward.checks.allow",
})  # fmt: skip
