from collections.abc import Callable, Iterable, Mapping
from typing import Any

from failforward.text.walk import OfHtml, Seen, Standing

def seen(
    events: Iterable[Any],
    signs: Mapping[str, int],
    kinds: Mapping[str, str],
    thing: str,
    quotations: bool,
    html: Callable[[list[tuple[str, int]]], list[OfHtml]],
    /,
) -> list[Seen]: ...
def standing(
    events: Iterable[tuple[Any, dict[str, int]]],
    signs: Mapping[str, int],
    kinds: Mapping[str, str],
    thing: str,
    quotations: bool,
    html: Callable[[list[tuple[str, int]]], list[OfHtml]],
    most: int,
    /,
) -> list[Standing]: ...
