from collections.abc import Callable

class Look:
    def __init__(
        self,
        needed: tuple[tuple[tuple[int, ...], int, int], ...],
        sets: int,
        find: Callable[[str], tuple[tuple[int, ...], tuple[tuple[int, bool], ...], bool]],
        named: Callable[[str], bool],
    ) -> None: ...
    def over(self, text: str, /) -> list[tuple[int, int, set[int]]]: ...
