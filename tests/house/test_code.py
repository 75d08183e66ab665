"""The code is small, named after what it does, documented, typed, and imports downwards."""

import ast
import statistics
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Definition = ast.FunctionDef | ast.AsyncFunctionDef

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "lib", "tools"}
LONGEST_FILE = 250
MEDIAN_FILE = 100
LONG_FUNCTION = 30


@pytest.fixture(scope="module")
def modules(root: Path, tracked: list[Path]) -> list[Path]:
    """Give every module of the package."""
    package = root / "plugins/failforward"
    return [path for path in tracked if path.suffix == ".py" and path.is_relative_to(package)]


def lines_of(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text("utf-8").splitlines())


def functions_of(tree: ast.AST) -> Iterator[Definition]:
    """Give every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Definition))


def public_names_without_words(tree: ast.Module) -> Iterator[str]:
    """Give the module, and each public class, function and method of it, that has no docstring."""
    if not ast.get_docstring(tree):
        yield "(the module)"
    todo: list[tuple[str, ast.stmt]] = [("", node) for node in tree.body]
    while todo:
        prefix, node = todo.pop()
        if isinstance(node, ast.ClassDef | Definition) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                todo += [(f"{node.name}.", child) for child in node.body]


def test_no_file_is_long(modules: list[Path], tracked: list[Path]) -> None:
    """No module has more than 250 lines, in C or in Python."""
    compiled = [path for path in tracked if path.suffix in (".c", ".h")]
    assert compiled
    assert {path.name: lines_of(path) for path in (*modules, *compiled) if lines_of(path) > LONGEST_FILE} == {}


def test_most_files_are_short(modules: list[Path]) -> None:
    """The median module has at most 100 lines."""
    assert statistics.median(map(lines_of, modules)) <= MEDIAN_FILE


def test_functions_are_short(modules: list[Path]) -> None:
    """Nineteen functions in twenty have at most 30 lines, their docstring included."""
    sizes = sorted(
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.name}:{node.name}")
        for path in modules
        for node in functions_of(ast.parse(path.read_text("utf-8")))
    )
    longest = [entry for entry in sizes if entry[0] > LONG_FUNCTION]
    assert len(longest) <= len(sizes) / 20, longest


def test_modules_are_named_after_what_they_do(modules: list[Path]) -> None:
    """No module or folder is called utils, helpers, common, misc or base."""
    names = {path.stem for path in modules} | {path.parent.name for path in modules}
    assert names & NAMELESS == set()


def test_every_public_name_is_documented(modules: list[Path]) -> None:
    """Every public module, class, function and method says in a sentence what it is."""
    missing = [
        f"{path.name}: {name}"
        for path in modules
        for name in public_names_without_words(ast.parse(path.read_text("utf-8")))
    ]
    assert missing == []


def test_imports_go_down_only(run_tool: Run) -> None:
    """The layers written down in pyproject.toml hold."""
    result = run_tool("lint-imports", "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_has_no_finding(run_tool: Run) -> None:
    """The linter finds nothing."""
    result = run_tool("ruff", "check", "--no-cache", "--output-format", "concise", ".")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
def test_every_type_holds(run_tool: Run) -> None:
    """The package is typed throughout, and mypy's strict mode agrees with it."""
    result = run_tool("mypy")
    assert result.returncode == 0, result.stdout + result.stderr
