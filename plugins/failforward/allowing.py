"""Where the comments belong that keep findings of wording, so that what was written before can be adopted.

A comment stands on a line of its own before a paragraph or heading, else at the end of the words' line; what stands in
the front matter, or where no comment is read, is allowed for the whole file. In a file that is all YAML it stands above
the entry.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, chain, pairwise, zip_longest

from failforward import front_matter
from failforward.checks.allow import read_allowances
from failforward.errors import ArgumentError
from failforward.model.finding import Finding, Fix
from failforward.text.markdown import Node, parse
from failforward.text.source import Source, Span

# The offset at which a comment is put in, and its form.
Place = tuple[int, str]
# What comments are wanted where: the rules by place.
Wanted = dict[Place, set[str]]


def usable_reason(text: str) -> str:
    """Give a reason as a comment may hold it; raises ArgumentError for one that would end the comment, or for none."""
    reason = " ".join(text.split())
    if not reason or "--" in reason or reason.endswith("-") or "<!" in reason:
        remedy = "Write a few words without “--”, such as “written before we checked”."
        raise ArgumentError(f"--add-allow: “{text[:60]}” cannot be the reason in a comment", remedy=remedy)
    return reason


def comments(source: Source, findings: Iterable[Finding], reason: str) -> list[Fix]:
    """Give the insertions that allow some findings of wording in a text, each with the reason."""
    if source.path.endswith(".yml"):
        return _in_yaml(source, findings, reason)
    body = front_matter.read(source).body_start
    tree = parse(source.text, body)
    place = _Places(source, tree)
    wanted: Wanted = {}
    left = [(finding, list(place.of(_span(source, finding)))) for finding in findings]
    whole: set[str] = set()
    # All are tried at once, each at its best place; those that do not work there go on to their next one.
    while left:
        whole |= {finding.rule for finding, places in left if not places}
        tried = [(finding, places.pop(0), places) for finding, places in left if places]
        trial = _Trial(source, body, _joined(wanted, tried))
        works = [trial.works(place, finding.rule, _span(source, finding)) for finding, place, _ in tried]
        wanted = _joined(wanted, [each for each, held in zip(tried, works, strict=True) if held])
        left = [(finding, rest) for (finding, _, rest), held in zip(tried, works, strict=True) if not held]
    fixes = [_comment(at, form, rules, reason) for (at, form), rules in sorted(wanted.items())]
    return ([_comment(body, "<!-- allow-file {} -->\n", whole, reason)] if whole else []) + fixes


def _joined(wanted: Wanted, tried: Iterable[tuple[Finding, Place, list[Place]]]) -> Wanted:
    joined = {place: set(rules) for place, rules in wanted.items()}
    for finding, place, _ in tried:
        joined.setdefault(place, set()).add(finding.rule)
    return joined


def _in_yaml(source: Source, findings: Iterable[Finding], reason: str) -> list[Fix]:
    """Give the insertions for a file that is all YAML: above the entry of a list, else at the beginning of the file."""
    wanted: Wanted = {}
    for finding in findings:
        wanted.setdefault(yaml_place(source, _span(source, finding)), set()).add(finding.rule)
    return [_comment(at, form, rules, reason) for (at, form), rules in sorted(wanted.items())]


def yaml_place(source: Source, span: Span) -> Place:
    """Give where a comment belongs that allows what stands at a place of YAML, and its form."""
    line = source.line_start(source.position(span.start).line)
    entry = source.text.rfind("\n- ", 0, line + len("- ")) + 1
    return (entry, "# allow {}\n") if entry or source.text.startswith("- ") else (0, "# allow-file {}\n")


def _span(source: Source, finding: Finding) -> Span:
    start = source.line_start(finding.line) + finding.column - 1
    return Span(start, source.line_start(finding.end_line) + finding.end_column - 1)


class _Places:
    """The places for comments in a text of Markdown."""

    def __init__(self, source: Source, tree: Node) -> None:
        self._source = source
        self._tree = tree
        self._starts = [node.span.start for node in tree.children]
        self._ends: dict[int, int] = {}

    def of(self, span: Span) -> Iterator[Place]:
        """Give the places where a comment on what stands in a span may be put, best first."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or span.start >= self._tree.children[index].span.end:
            return
        block = self._tree.children[index]
        # Before everything else a comment would speak for the whole file.
        if index and block.kind in ("paragraph", "heading"):
            start = self._source.text.rfind("\n", 0, block.span.start) + 1
            yield start, "<!-- allow {} -->\n"
        yield self._end(self._source.position(span.start).line), " <!-- allow {} -->"

    def _end(self, line: int) -> int:
        """Give where the words of a line end: what closes a row or breaks the line stands behind them."""
        if line not in self._ends:
            words = self._source.line(line).rstrip()
            words = words.removesuffix("\\").rstrip()
            self._ends[line] = self._source.line_start(line) + len(words.removesuffix("|").rstrip())
        return self._ends[line]


class _Trial:
    """A text with comments put in, each with all its rules, and what they are read to allow."""

    def __init__(self, source: Source, body: int, wanted: Wanted) -> None:
        """Put the comments in and read them."""
        places = sorted(wanted)
        texts = [form.format(f"{', '.join(sorted(wanted[at, form]))}: x") for at, form in places]
        self._at = [at for at, _ in places]
        # How far what stands behind so many of the places is moved.
        self._moved = [0, *accumulate(len(text) for text in texts)]
        cuts = [source.text[at:end] for at, end in pairwise([0, *self._at, len(source.text)])]
        tried = Source(source.path, "".join(chain.from_iterable(zip_longest(cuts, texts, fillvalue=""))))
        self._all = Span(0, len(tried.text))
        begins = [at + moved for at, moved in zip(self._at, self._moved, strict=False)]
        self._covers: dict[tuple[Place, str], Span] = {}
        for each in read_allowances(tried, body):
            index = bisect_right(begins, each.span.start) - 1
            if index >= 0 and each.span.end <= begins[index] + len(texts[index]):
                self._covers[places[index], each.rule] = each.covers

    def works(self, place: Place, rule: str, span: Span) -> bool:
        """Tell whether the comment at a place is read as one, and covers a find there but not the whole file."""
        covers = self._covers.get((place, rule), self._all)
        start = span.start + self._moved[bisect_right(self._at, span.start)]
        return covers != self._all and covers.start <= start < covers.end


def _comment(at: int, form: str, rules: Collection[str], reason: str) -> Fix:
    return Fix(Span(at, at), form.format(f"{', '.join(sorted(rules))}: {reason}"))
