"""What is committed names no machine, and the first page a reader sees keeps its promise."""

import json
import re
from pathlib import Path

import pytest

# Put together here so that this file does not name them either.
HOSTS = ("py" "pi.org", "pythonhosted." "org", "registry." "npmjs", "registry." "yarnpkg", "deb." "debian")
PLACES = re.compile(r"(?<![\w.:/-])/(?:work|root|opt/(?:wheels|py" r"pi))(?:/|\b)|\.\./sha" r"red\b")
MAY_NAME_A_NEIGHBOUR = (".ci/run", "benchmarks/")
TEMPORARY = re.compile(r"(?<![\w.:/-])/tm" r"p/")


def text_of(path: Path) -> str:
    """Read a file as text, or give nothing where it is none."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_registry(tracked: list[Path], root: Path) -> None:
    """Locked versions carry hashes and no address: they install from wherever a machine gets its packages."""
    found = [(str(path.relative_to(root)), host) for path in tracked for host in HOSTS if host in text_of(path)]
    assert found == []


def test_no_file_names_a_place_on_a_machine(tracked: list[Path], root: Path) -> None:
    """Nothing points into the folders of the machine where it was written."""
    found = []
    for path in tracked:
        name = str(path.relative_to(root))
        if name.startswith(MAY_NAME_A_NEIGHBOUR) or name.startswith("playbook/reviews/"):
            continue
        found += [(name, match[0]) for match in PLACES.finditer(text_of(path))]
        found += [(name, match[0]) for match in TEMPORARY.finditer(text_of(path)) if not name.startswith("playbook/")]
    assert found == []


@pytest.mark.parametrize("name", ["playbook.txt", "test.txt"])
def test_locks_hold_hashes_and_nothing_else(root: Path, name: str) -> None:
    """Each locked package has an exact version and at least one hash; there is no option line."""
    entries = re.split(r"\n(?=[a-z0-9])", (root / "locks" / name).read_text("utf-8"))[1:]
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[\w.+]+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert not re.search(r"^\s*-(?!-hash)", (root / "locks" / name).read_text("utf-8"), re.MULTILINE)


def test_what_the_tests_install_contains_what_the_playbook_installs(root: Path) -> None:
    """The two locks agree, so that installing both into one environment changes nothing."""
    def pins(name: str) -> set[str]:
        text = (root / "locks" / name).read_text("utf-8")
        return set(re.findall(r"^([a-z0-9.-]+==[^\\]+?) *\\?$", text, re.MULTILINE))

    assert pins("playbook.txt") <= pins("test.txt")


@pytest.mark.parametrize("folder", ["tests/tools", "benchmarks/others"])
def test_the_npm_lock_names_no_address(root: Path, folder: str) -> None:
    """Each npm package is locked by its hash and has no address."""
    packages = json.loads((root / folder / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-")


def test_start_has_exactly_two_commands(root: Path) -> None:
    """The README's Start section holds two commands, each in a block of its own: one to see it, one to test it."""
    readme = (root / "README.md").read_text("utf-8")
    start = readme.split("\n## Start\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", start, re.DOTALL)
    assert blocks == ["make playbook\n", "make test\n"]
    assert start.count("```") == 2 * len(blocks)


def test_the_readme_is_short(root: Path) -> None:
    """The README fits on about two screens."""
    assert len((root / "README.md").read_text("utf-8").splitlines()) <= 110


def test_contributing_opens_with_a_rule(root: Path) -> None:
    """The first thing a contributor reads is how to add a rule in five minutes."""
    text = (root / ".github/CONTRIBUTING.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[0] == "Add a rule in five minutes"


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"])
def test_links_between_files_lead_somewhere(root: Path, name: str) -> None:
    """Each relative link and picture in the pages of the house is a file."""
    path = root / name
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_no_strict_build_is_quiet(root: Path, workflows: list[Path]) -> None:
    """A strict build counts its warnings: MkDocs counts none when it is told to be quiet, on either side of `build`."""
    for path in (root / "Makefile", *workflows):
        for command in re.findall(r"mkdocs(?: +-\S+)* +build[^#\n]*", path.read_text("utf-8")):
            assert "--strict" in command, path.name
            assert "-q" not in command, path.name


def test_the_top_level_is_known(tracked: list[Path], root: Path) -> None:
    """What stands at the top of the repository is listed here; a new entry is a decision."""
    top = {path.relative_to(root).parts[0] for path in tracked}
    known = {
        ".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md",
        "LICENSE", "Makefile", "README.md", "benchmarks", "locks", "mkdocs.yml", "playbook", "plugins",
        "pyproject.toml", "scaffold", "tests",
    }
    assert top - known == set()
