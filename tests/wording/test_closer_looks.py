"""How often the rules take a closer look: what makes the check slow, counted instead of timed."""

from pathlib import Path

from failforward.checks.wording import Wording
from failforward.model.settings import Settings
from failforward.playbook import default_playbook
from failforward.text import prose

REVIEWS = Path(__file__).resolve().parents[2] / "playbook/reviews"
# A pattern that asks for nothing rare raises this at once; a new one with rare words hardly does.
MOST_PER_KILOBYTE = 2.0


def test_prose_without_blame_is_seldom_looked_at_twice() -> None:
    """In reviews that blame nobody a closer look is taken at most twice in a thousand bytes."""
    engine = Wording([rule for rule in default_playbook().rules if rule.kind == "wording"], Settings()).engine
    looks = size = 0
    for path in sorted(REVIEWS.glob("*.md")):
        text = path.read_text("utf-8").split("---\n", 2)[2]
        engine.begin(text)
        for block in prose.read(text):
            looks += sum(len(found) for _, found in engine.looks(block.text, engine.glance.over(block.text)))
        size += len(text.encode())
    assert looks / (size / 1000) < MOST_PER_KILOBYTE
