"""Paths are shown as people write them, whichever way they are spelled."""

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from failforward.disk import as_shown, find_root, seen_from

NAMES = st.text(st.sampled_from("ab./ -é"), max_size=12)


@pytest.mark.skipif(os.name != "posix", reason="there pathlib is asked itself")
@given(NAMES)
def test_a_path_is_shown_as_pathlib_writes_it(name: str) -> None:
    """The same as pathlib gives, for which two slashes at the beginning are not one."""
    expected = PurePosixPath(name).as_posix()
    assert as_shown(name) == (expected[1:] if expected.startswith("//") else expected)


@given(st.lists(st.sampled_from(["a", "b", ".", "..", "c.md", ""]), min_size=1, max_size=6))
def test_every_spelling_is_seen_alike(steps: list[str]) -> None:
    """Steps that lead nowhere, and back, do not change where a file is seen."""
    name = "/".join(steps) if steps[0] else "./" + "/".join(steps)
    root = Path("a").absolute()
    assert seen_from(root, name) == seen_from(root, str(Path.cwd() / name))


@pytest.mark.parametrize("start", ["", ".", "reviews", "reviews/2026/", "./reviews/../reviews"])
def test_a_playbook_is_found_from_any_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """From its folder and from any below, however that is written; from beside it as `./playbook`."""
    root = tmp_path / "playbook"
    (root / "reviews/2026").mkdir(parents=True)
    (root / "playbook.yml").touch()
    monkeypatch.chdir(root)
    assert find_root(start) == find_root(Path(start)) == root
    monkeypatch.chdir(tmp_path)
    assert find_root() == root
