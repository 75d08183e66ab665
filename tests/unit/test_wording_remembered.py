"""What the check remembers of the words that it met."""

from failforward.checks.wording.remembered import Remembered


def test_a_word_is_looked_up_once() -> None:
    """A word that turns up again is not looked up again."""
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    assert [lengths[word] for word in ("now", "then", "now")] == [3, 4, 3]
    assert asked == ["now", "then"]


def test_memory_stays_small_whatever_is_read() -> None:
    """Long words are not kept, and with very many words all begins anew."""
    lengths = Remembered(len)
    assert lengths["x" * 5_000_000] == 5_000_000
    assert not lengths
    for number in range(100_000):
        assert lengths[f"w{number}"] == len(f"w{number}")
    assert len(lengths) <= 40_000
