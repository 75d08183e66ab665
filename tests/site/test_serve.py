"""`mkdocs serve` shows an edit without being started again."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Project

pytestmark = pytest.mark.slow
PATIENCE = 60.0


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(address: str) -> str:
    """Fetch a page, or nothing where it is not there."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def shows(address: str, words: str, *, not_: bool = False) -> bool:
    """Wait until a page holds some words (or, with `not_`, no longer does)."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (words in page(address)) is not not_:
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def served(project: "Project") -> Iterator[str]:
    """Serve a playbook that lies beside the documents, and give its address."""
    project.review()
    (project.folder / "manual").mkdir()
    (project.folder / "manual/guide.md").write_text("# A guide\n", "utf-8")
    project.config |= {"docs_dir": "manual", "site_url": ""}
    project.config["plugins"] = ["search", {"failforward": {"playbook": "playbook", "today": "2026-11-20"}}]
    project.save()
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    log = (project.folder / "serve.log").open("w")
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=project.folder, stdout=log, stderr=log, env=environment)
    address = f"http://127.0.0.1:{port}/"
    try:
        assert shows_in_log(project, "Serving on"), (project.folder / "serve.log").read_text("utf-8")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def test_serve_shows_an_edit(served: str, project: "Project") -> None:
    """Edited, new and suddenly private reviews are seen at once; a setting that is wrong for a while ends nothing."""
    review = f"{served}reviews/2026-10-02-warm-up/"
    assert shows(review, "The warm-up job evicted live keys")
    project.review(title="The second title of the review")
    assert shows(review, "The second title of the review")
    project.write("playbook.yml", "no_such_setting: 1\n")
    assert shows_in_log(project, "is no setting")
    project.write("playbook.yml", "title: The renamed playbook\n")
    project.review("2026-11-01-new", title="A review that is new")
    assert shows(f"{served}reviews/2026-11-01-new/", "A review that is new")
    project.review("2026-11-01-new", title="A review that is new", private=True)
    for address in ("reviews/2026-11-01-new/", "reviews/", ""):
        assert shows(f"{served}{address}", "A review that is new", not_=True)


def shows_in_log(project: "Project", words: str) -> bool:
    """Wait until the server has said something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = (project.folder / "serve.log").read_text("utf-8")
        if words in said or "Traceback" in said:
            return words in said
        time.sleep(0.2)
    return False
