from collections.abc import Callable

class Look:
    def __init__(
        self,
        needed: tuple[tuple[bytes, int, int], ...],
        sets: int,
        find: Callable[[str], tuple[bytes, tuple[tuple[int, bool], ...], bool]],
        named: Callable[[str], bool],
    ) -> None: ...
    def over(self, text: str, /) -> list[tuple[int, int, set[int]]]: ...

class Members:
    def __init__(self, words: str, numbers: bytes, sets: tuple[bytes, ...]) -> None: ...
    def of(self, word: str, /) -> bytes: ...
