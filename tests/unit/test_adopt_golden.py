"""Old post-mortems in the common shapes become the drafts that lie beside them, report included.

`FAILFORWARD_WRITE_GOLDEN=1` writes the expected files anew; look at the difference before keeping it.
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
    Cause("certificate-expiry", "", "Certificate expiry", "expiry", "", ("certificate", "certificate expired", "expiration date")),
    Cause("config-change", "", "Config change", "change", "", ("misconfiguration", "configuration change")),
    Cause("resource-exhaustion", "", "Resource exhaustion", "capacity", "", ("disk full", "filled up", "no space left")),
    Cause("hardware-fault", "", "Hardware fault", "infrastructure", "", ("hung", "cordoned", "node was hung")),
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_its_draft(path: Path) -> None:
    """Draft and report are letter by letter the expected ones, and the draft reads back without a problem."""
    source = Source(path.name, decoded(path.read_bytes())[0])
    adoption = adopt(source, causes=CAUSES)
    report = as_text(Report((AdoptedFile(path.name, adoption),)))
    expected = {
        GOLDEN / "draft" / f"{path.stem}.md": f"<!-- {adoption.name} -->\n{adoption.text}",
        GOLDEN / "report" / f"{path.stem}.txt": report,
    }
    for place, text in expected.items():
        if "FAILFORWARD_WRITE_GOLDEN" in os.environ:
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, "utf-8", newline="\n")
        assert place.read_text("utf-8") == text
    assert not lost(source.text, adoption.text)
    assert not adoption.whole
    assert read_review(Source(adoption.name, adoption.text)).problems == ()
