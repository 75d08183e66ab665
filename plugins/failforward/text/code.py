"""Code blocks: coloured where the language is known, plain where it is not, Mermaid left to the browser."""

from __future__ import annotations

import re
from html import escape

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

# The classes that a word of code may get; themes style these short names.
CODE_CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)
LONGEST = 50_000


def highlighted(language: str | None, code: str) -> str:
    """Give a code block as HTML; `language` is the first word after the fence.

    `no-copy` keeps Material's button away, which would add a landmark without a name to each block.
    """
    name = (language or "").strip("{}.").lower()
    if name == "mermaid":
        return f'<pre class="mermaid">{escape(code.rstrip())}</pre>\n'
    tokens = _coloured(name, code) if name and len(code) <= LONGEST else escape(code)
    return f'<div class="highlight no-copy"><pre><code>{tokens.rstrip()}</code></pre></div>\n'


def _coloured(name: str, code: str) -> str:
    try:
        lexer = get_lexer_by_name(re.sub(r"[^\w+#-]", "", name))
    except ClassNotFound:
        return escape(code)
    parts: list[str] = []
    for kind, text in lex(code, lexer):
        words = "" if text.isspace() else STANDARD_TYPES.get(kind, "")
        parts.append(f'<span class="{words}">{escape(text)}</span>' if words else escape(text))
    return "".join(parts)
