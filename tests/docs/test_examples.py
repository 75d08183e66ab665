"""The examples of the guide print what the page shows. FAILFORWARD_UPDATE_GOLDEN=1 writes the short ones anew.

The ```console blocks of a page run in order in a copy of the folder example/. A `…` in the output shown stands for any
text, and a line of its own for any lines.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).with_name("example")
NAMES = ("commands", "settings", "adopt", "follow-through", "conversation", "risks")
RUN = tuple(f"playbook/docs/{name}.md" for name in NAMES)


def pattern(shown: str) -> re.Pattern[str]:
    """Give what an output must match."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.split("…"))) + r"\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines))


def examples(block: str) -> list[tuple[str, str]]:
    """Cut a console block into commands and the output shown under each."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture
def shell(tmp_path: Path) -> Any:
    """Give a function that runs a command line in the example folder and gives what it prints."""
    folder, programs = tmp_path / "example", tmp_path / "bin"
    shutil.copytree(EXAMPLE, folder)
    programs.mkdir()
    program = programs / "failforward"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m failforward "$@"\n', "utf-8")
    program.chmod(0o755)
    import failforward

    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": "1792454400", "LC_ALL": "C.UTF-8", "TZ": "UTC",
        "PYTHONPATH": str(Path(failforward.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip

    def run(command: str) -> str:
        return subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ).stdout  # fmt: skip

    return run


@pytest.mark.parametrize("name", RUN)
def test_each_example_prints_what_is_shown(pages: list[Any], shell: Any, updating: bool, name: str) -> None:
    """Every command shown with its output gives that output."""
    page = next(page for page in pages if page.name == name)
    text, wrong = page.text, []
    for line, block in page.fences("console"):
        for command, shown in examples(block):
            printed = shell(command)
            if shown and not pattern(shown).fullmatch(printed):
                wrong.append(f"{name}:{line}: {command}\n{printed}")
                if updating and "…" not in shown:
                    text = text.replace(f"$ {command}\n{shown}", f"$ {command}\n{printed}")
    if updating and text != page.text:
        page.path.write_text(text, "utf-8")
        return
    assert wrong == [], "\n".join(wrong)


def test_the_adopted_example_is_the_one_shown(pages: list[Any], shell: Any) -> None:
    """The old document and the draft made from it are those on the page."""
    page = next(page for page in pages if page.name == "playbook/docs/adopt.md")
    before, after = (text for _, text in page.fences("markdown"))
    assert before == shell("cat docs/incidents/2023-11-portal.md")
    shell("failforward adopt docs/incidents --to playbook/reviews/old")
    assert pattern(after).fullmatch(shell("cat playbook/reviews/old/2023-11-14-portal-certificate-expired.md"))
