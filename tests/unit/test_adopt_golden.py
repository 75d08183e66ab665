"""Old post-mortems in the common shapes become the drafts that lie beside them, report included.

`FAILFORWARD_UPDATE_GOLDEN=1` writes the expected files anew; look at the difference before keeping it.
"""

import os
from pathlib import Path

import pytest

from failforward.importers import Report, adopt, as_text, decoded
from failforward.importers.report import AdoptedFile
from failforward.importers.words import lost
from failforward.model.playbook import Cause
from failforward.reviews.read import read_review
from failforward.text.source import Source

GOLDEN = Path(__file__).resolve().parents[1] / "golden/adopt"
DOCUMENTS = sorted(path for path in (GOLDEN / "old").iterdir())
CAUSES = (
    Cause(
        "certificate-expiry",
        "",
        "Certificate expiry",
        "expiry",
        "",
        ("certificate", "certificate expired", "expiration date"),
    ),
    Cause("config-change", "", "Config change", "change", "", ("misconfiguration", "configuration change")),
    Cause(
        "resource-exhaustion", "", "Resource exhaustion", "capacity", "", ("disk full", "filled up", "no space left")
    ),
    Cause("hardware-fault", "", "Hardware fault", "infrastructure", "", ("hung", "cordoned", "node was hung")),
)


def expected(path: Path, text: str) -> str:
    """Give what a file holds, or write it anew when asked to."""
    if "FAILFORWARD_UPDATE_GOLDEN" in os.environ:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_its_draft(path: Path) -> None:
    """The draft is letter by letter the expected one, holds every word, and reads back without a problem."""
    source = Source(path.name, decoded(path.read_bytes())[0])
    adoption = adopt(source, causes=CAUSES)
    assert adoption.text == expected(GOLDEN / "draft" / f"{path.stem}.md", adoption.text)
    assert not lost(source.text, adoption.text)
    assert not adoption.whole
    assert read_review(Source(adoption.name, adoption.text)).problems == ()


def test_the_report_says_what_was_found_and_what_is_missing() -> None:
    """Per file and in sum, people read what was recognised, what kept its own heading and what a review would lack."""
    files = tuple(
        AdoptedFile(path.name, adopt(Source(path.name, decoded(path.read_bytes())[0]), causes=CAUSES))
        for path in DOCUMENTS
    )
    text = as_text(Report(files))
    assert text == expected(GOLDEN / "report.txt", text)
