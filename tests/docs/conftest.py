"""What the tests of the documentation look at: the pages of the guide and those of the house."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?P<indent> *)(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)(?P=mark) *$", re.M | re.S
)


@dataclass(frozen=True)
class DocsPage:
    """A page of the documentation: `name` is its path from the root of the repository."""

    name: str
    path: Path
    text: str

    def fences(self, *languages: str) -> Iterator[tuple[int, str]]:
        """Give the line (from 1) and the text of each fenced block in one of the languages, without its indentation."""
        for match in _FENCE.finditer(self.text):
            if match["info"].strip() in languages:
                yield (
                    self.text.count("\n", 0, match.start()) + 1,
                    re.sub(rf"^{match['indent']}", "", match["text"], flags=re.M),
                )

    @property
    def prose(self) -> str:
        """Give the text with its fenced blocks blanked out, each line at its place."""
        return _FENCE.sub(lambda match: "\n" * match.group().count("\n"), self.text)


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def updating() -> bool:
    """Tell whether what was expected is to be written anew."""
    return os.environ.get("FAILFORWARD_UPDATE_GOLDEN") == "1"


@pytest.fixture
def pages() -> list[DocsPage]:
    """Give the pages of the guide, the README and CONTRIBUTING."""
    guide = sorted((ROOT / "playbook/docs").glob("*.md"))
    paths = [*guide, ROOT / "README.md", ROOT / ".github/CONTRIBUTING.md"]
    return [DocsPage(path.relative_to(ROOT).as_posix(), path, path.read_text("utf-8")) for path in paths]
