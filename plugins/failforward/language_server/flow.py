"""Where the cursor stands inside `[…]` or `{…}` that is not closed yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class _Opened:
    """A bracket that is still open; `name` is the field whose value is being written in a mapping."""

    sign: str
    name: str = ""
    present: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flow:
    """A place inside brackets: `kind` is `name` or `value`, `path` the names of the mappings that it lies in.

    `typed` is the word so far, `present` the names that its mapping has, `before` a space where one is missing.
    """

    kind: str
    path: tuple[str, ...]
    typed: str
    present: tuple[str, ...] = ()
    before: str = ""


def open_flow(text: str) -> Flow | None:
    """Give the place at the end of a text that begins with a bracket; None where all brackets are closed."""
    stack: list[_Opened] = []
    segment, quote = 0, ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not text[segment:at].strip():
            quote = sign
        elif sign in "[{":
            stack.append(_Opened(sign))
            segment = at + 1
        elif sign in "]}":
            if stack:
                stack.pop()
            if not stack:
                return None
            segment = at + 1
        elif sign == ",":
            stack[-1:] = [_next(entry) for entry in stack[-1:]]
            segment = at + 1
        elif sign == ":" and stack and stack[-1].sign == "{" and text[at + 1 : at + 2] in ("", " ", "\n"):
            stack[-1].name = text[segment:at].strip()
            segment = at + 1
    return _place(stack, text[segment:]) if stack else None


def _next(entry: _Opened) -> _Opened:
    """Begin the next entry of a bracket."""
    present = [*entry.present, entry.name] if entry.name else entry.present
    return _Opened(entry.sign, "", present)


def _place(stack: list[_Opened], rest: str) -> Flow:
    path = tuple(entry.name for entry in stack if entry.sign == "{" and entry.name)
    typed = rest.lstrip()
    last = stack[-1]
    if last.sign == "{" and not last.name:
        return Flow("name", path, typed, tuple(last.present))
    return Flow("value", path, typed, before=" " if last.sign == "{" and not rest else "")
