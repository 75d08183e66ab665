from collections.abc import Callable, Iterable, Mapping
from typing import Any

def seen(
    events: Iterable[Any],
    signs: Mapping[str, int],
    kinds: Mapping[str, str],
    thing: str,
    quotations: bool,
    html: Callable[[list[tuple[str, int]]], list[tuple[str, str, bool]]],
    /,
) -> list[tuple[str, str, str, bool]]: ...
