"""Finds the follow-ups that an old document lists: what, whose, tracked where, due when, done or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from failforward.importers.synonyms import lists_actions
from failforward.importers.when import first_span
from failforward.model.moment import Moment
from failforward.text.markdown import Node
from failforward.text.sections import Section, below, title_key

_URL = re.compile(r"https?://[^\s<>()\[\]|\"'`]+")
_OWNER = re.compile(
    r"(?:\b(?:owner|assignee|assigned to|dri)[ \t]*:[ \t]*|[(\[][ \t]*(?=@))(?P<named>@?[\w.-]+(?: [A-Z][\w.-]+)?)"
    r"|(?:^|[ \t])(?P<handle>@[\w-]{2,39})\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due|by|until|before|deadline|eta)\b(?: date)?[ \t]*:?[ \t]*(?=\S*\d)|\b(?=20\d\d-\d\d-\d\d)", re.IGNORECASE
)
_STATES = r"(?:done|completed?|finished|fixed|resolved|merged|closed|shipped)"
_DONE = re.compile(
    rf"(?:[(\[]|[-–—:]\s?){_STATES}\b[^()\[\]\n]{{0,30}}[)\].]?\s*$|^\W*{_STATES}\s*[:)\]–—-]|[✅✔☑]", re.IGNORECASE
)
_STATE = re.compile(rf"\W*{_STATES}\b|\W*(?:yes|x)\W*$|[✅✔☑]", re.IGNORECASE)
_LONGEST = 300
_DEEPEST = 10
_COLUMNS = {
    "what": ("action", "action item", "actions", "task", "item", "description", "follow up", "what", "title"),
    "owner": ("owner", "assignee", "who", "dri", "responsible", "assigned to", "team", "owners"),
    "due": ("due", "due date", "deadline", "eta", "when", "date", "target date"),
    "status": ("status", "state", "done", "progress"),
    "link": ("link", "issue", "ticket", "bug", "tracking", "pr", "jira", "reference"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """A follow-up: its words without markup, and what is said of it."""

    text: str
    owner: str = ""
    link: str = ""
    due: Moment | None = None
    done: bool = False

    @property
    def weight(self) -> int:
        """Tell how much is known of it."""
        return bool(self.owner) + bool(self.link) + bool(self.due)


def read_actions(sections: Sequence[Section]) -> tuple[Action, ...]:
    """Read the follow-ups of all sections that list any, in order, each once."""
    found: dict[str, Action] = {}
    done: set[int] = set()
    for index, section in enumerate(sections):
        if not section.title or not lists_actions(section.title):
            continue
        for part in below(sections, index):
            if part.span.start not in done:
                done.add(part.span.start)
                for action in (action for block in part.blocks for action in _block(block)):
                    found.setdefault(action.text, action)
    return tuple(found.values())


def _block(block: Node, depth: int = 0) -> Iterator[Action]:
    if block.kind == "list":
        for item in block.children if depth < _DEEPEST else ():
            yield from _item(item, depth + 1)
    elif block.kind == "table":
        yield from _table(block)


def _item(item: Node, depth: int) -> Iterator[Action]:
    """Read a list item; a name that stands over a list of its own is the owner of what is listed."""
    nested = [child for child in item.children if child.kind == "list"]
    own = [child for child in item.children if child.kind not in ("list", "code-block", "quote", "html-block")]
    text = " ".join(Node("item", item.span, "", tuple(own)).plain.split())
    if nested and (not text or _is_name(text, own)):
        for action in (action for child in nested for action in _block(child, depth)):
            yield action if action.owner else replace(action, owner=text.strip(": "))
        return
    box = next(item.find("checkbox"), None)
    if text:
        yield _action(text, links=own, done=box is not None and box.detail.casefold() == "true")


def _is_name(text: str, nodes: Sequence[Node]) -> bool:
    """Tell whether a few words are a name over a list: in capitals, a handle, or bold as a whole."""
    bold = next((node.plain.strip(": ") for node in nodes if node.kind == "strong"), "")
    named = all(word[0] == "@" or word[0].isupper() for word in text.split())
    return len(text.split()) <= 3 and (named or bold == text.strip(": "))


def _action(text: str, *, links: Sequence[Node], done: bool) -> Action:
    targets = [link.detail for node in links for link in node.find("link")]
    link = next((target for target in (*targets, *_URL.findall(text)) if _URL.fullmatch(target)), "")
    owner = _OWNER.search(text)
    due = _DUE.search(text)
    return Action(
        _shortened(text), (owner["named"] or owner["handle"]) if owner else "", link.rstrip(".,;:"),
        first_span(text[due.end() :][:40])[0] if due else None, done or bool(_DONE.search(text)),
    )  # fmt: skip


def _table(table: Node) -> Iterator[Action]:
    heads = [title_key(cell.plain) for cell in table.children[0].children] if table.children else []
    places = {
        role: next((heads.index(name) for name in names if name in heads), None) for role, names in _COLUMNS.items()
    }
    what = places["what"] if places["what"] is not None else 0
    for row in table.children[1:]:
        cells = [" ".join(cell.plain.split()) for cell in row.children]
        if len(cells) <= what or not cells[what]:
            continue
        said = {role: cells[place] for role, place in places.items() if place is not None and place < len(cells)}
        done = bool(_STATE.match(said.get("status", ""))) or any(_DONE.search(cell) for cell in cells)
        action = _action(cells[what], links=(row,), done=done)
        due = first_span(said.get("due", ""))[0]
        link = action.link or next(iter(_URL.findall(" ".join(cells))), "")
        yield replace(action, owner=said.get("owner") or action.owner, due=due or action.due, link=link)


def _shortened(text: str) -> str:
    """Cut a long text at a word; the whole of it stays in the body."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
