"""Prints a page with the system's own Chromium: nothing is downloaded, no host is asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from failforward.errors import ArgumentError

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)  # fmt: skip
_OPTIONS = (
    "--headless", "--disable-gpu", "--disable-background-networking", "--disable-extensions", "--no-first-run",
    "--no-pdf-header-footer",
)  # fmt: skip
_SECONDS = 60
_PAGE = re.compile(rb"/Type\s*/Page(?!s)\b")


def find_chromium() -> str:
    """Find the program; raises ArgumentError with what to do where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        remedy = "Install Chromium or Chrome, or write HTML (--to page.html) and print that to PDF in any browser."
        raise ArgumentError("No Chromium was found, which makes the PDF", remedy=remedy)
    return found


def printed(html: str, program: str) -> bytes:
    """Give a page as PDF; raises ArgumentError where Chromium does not make one."""
    with tempfile.TemporaryDirectory(prefix="failforward-", ignore_cleanup_errors=True) as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, "utf-8")
        # As root there is no sandbox to be had; the page is our own and holds no script.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        profile = f"--user-data-dir={folder}/profile"
        command = [program, *_OPTIONS, *alone, profile, f"--print-to-pdf={target}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error)
        if not target.is_file():
            remedy = "Write HTML (--to page.html) and print that to PDF in any browser."
            raise ArgumentError(f"Chromium made no PDF ({said[:200]})", path=program, remedy=remedy)
        return target.read_bytes()


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF that Chromium made."""
    return len(_PAGE.findall(pdf))
