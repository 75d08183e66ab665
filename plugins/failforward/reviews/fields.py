"""Reads front matter by the declared fields: typed values, where each stands, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from failforward.front_matter import Mapping, Scalar, Sequence, Value
from failforward.model.fields import Field, Fields, Form
from failforward.model.finding import Fix, Problem
from failforward.model.review import (
    Acceptance,
    Contribution,
    Experiment,
    FieldPath,
    Mood,
    People,
    Reference,
    Related,
    Verdict,
)
from failforward.reviews.addresses import is_address
from failforward.reviews.privacy import hides, misspelt, remedy
from failforward.reviews.repairs import listed, renamed
from failforward.reviews.times import ImpossibleTime, moment_of
from failforward.reviews.words import closest, not_applicable, quoted, shown
from failforward.text.source import Source, Span

_RECORDS: dict[str, type] = {
    "causes": Contribution, "people": People, "mood": Mood, "experiments": Experiment, "verified": Verdict,
    "accepted": Acceptance, "related": Related, "sources": Reference,
}  # fmt: skip
# The field that a bare word in a list of records stands for.
_SHORT = {"causes": "cause", "related": "review", "sources": "url", "experiments": "outcome", "accepted": "cause"}
# Calendars go further; arithmetic with days and offsets does not.
_YEARS = range(1000, 3000)
_WORD = re.compile(r"[^\W_][\w./+-]*")


class FieldReader:
    """Reads one review's fields; collects `problems`, `spans` and `key_spans` on the way.

    `hidden` is set by a field that nothing reads, and that may have been meant to keep the review off the site.
    """

    def __init__(self, source: Source, whole: str = "review") -> None:
        """Begin with nothing read; `whole` is what the fields are of, as a message says it."""
        self.source = source
        self.whole = whole
        self.problems: list[Problem] = []
        self.spans: dict[FieldPath, Span] = {}
        self.key_spans: dict[FieldPath, Span] = {}
        self.hidden = False

    def record(self, fields: Fields, mapping: Mapping, path: FieldPath = ()) -> dict[str, Any]:
        """Read a mapping into attribute values; fields that are absent or unusable are left out."""
        self.spans[path] = self._trimmed(mapping.span)
        values: dict[str, Any] = {}
        by_name, spans, key_spans = fields.by_name, self.spans, self.key_spans
        for key, value in mapping.entries:
            field = by_name.get(key.text) or self._aliased(fields, mapping, key, value, path)
            if field is None:
                continue
            here = (*path, field.name)
            key_spans[here] = key.span
            if isinstance(value, Scalar) and value.null:
                continue
            spans[here] = self._trimmed(value.span)
            if (read := self.value(field, value, here)) is not None:
                values[field.target] = read
        return values

    def _aliased(self, fields: Fields, mapping: Mapping, key: Scalar, value: Value, path: FieldPath) -> Field | None:
        """Give the field that another name stands for, unless it stands here too; point out the name."""
        name, field = key.text, fields.by_alias.get(key.text)
        names = {other.text for other, _ in mapping.entries}
        if field is not None and field.name not in names and (*path, field.name) not in self.key_spans:
            what = f"{name} is another word for {field.name}"
            fix = renamed(self.source, self.spans[()], key, field.name)
            self._problem("field-alias", key.span, what, f"Write {field.name}:.", fix)
            return field
        if self.whole == "review" and hides(name, value):
            self._hide(key, name, fix=not path and "private" not in names)
        else:
            self._unknown(key, name, fields)
        return None

    def value(self, field: Field, value: Value, path: FieldPath) -> Any:
        """Read one value by its field's form; None where it cannot be used."""
        if field.na and isinstance(value, Scalar) and (na := not_applicable(value.text)):
            return na
        return _READERS[field.form](self, field, value, path)

    def _text(self, field: Field, value: Value, path: FieldPath) -> str | None:
        if isinstance(value, Scalar):
            return value.text.strip()
        self._wrong(field, value, "one text")
        return None

    def _url(self, field: Field, value: Value, path: FieldPath) -> str | None:
        text = self._text(field, value, path)
        if text and not is_address(text):
            self._wrong(field, value, "an address that begins with https:// and the name of a host")
            return None
        return text

    def _word(self, field: Field, value: Value, path: FieldPath) -> str | None:
        if not isinstance(value, Scalar):
            self._wrong(field, value, "one word")
            return None
        word = value.text.strip()
        if not field.vocabulary or word in field.vocabulary:
            return word
        close = closest(word, field.vocabulary)
        instead = f"Write {close}." if close else f"Write one of {', '.join(field.vocabulary)}."
        what = f"{field.name} is {quoted(word)}, which is none of its words"
        self._problem("unknown-word", value.span, what, instead)
        return None

    def _words(self, field: Field, value: Value, path: FieldPath) -> tuple[str, ...] | None:
        words = self._texts(field, value, path)
        for index, word in enumerate(words or ()):
            if word and not _WORD.fullmatch(word):
                suggestion = "-".join(re.findall(r"[\w./+]+", word.casefold())) or "a-word"
                span = self.spans.get((*path, index), value.span)
                self._problem("wrong-form", span, f"{quoted(word)} is no single word", f"Write {suggestion}.")
        return words

    def _texts(self, field: Field, value: Value, path: FieldPath) -> tuple[str, ...] | None:
        if isinstance(value, Scalar):
            fix = listed(self.source, self.spans[()], value)
            instead = f"Write [{value.text.strip()[:60]}]."
            self._problem("wrong-form", value.span, f"{field.name} is a text, not a list", instead, fix)
            return (value.text.strip(),)
        if isinstance(value, Mapping):
            self._wrong(field, value, "a list")
            return None
        texts: list[str] = []
        for item in value.items:
            if isinstance(item, Scalar):
                self.spans[(*path, len(texts))] = self._trimmed(item.span)
                texts.append(item.text.strip())
            else:
                self._wrong(field, item, "a text in each place of the list")
        return tuple(texts)

    def _moment(self, field: Field, value: Value, path: FieldPath) -> Any:
        if not isinstance(value, Scalar):
            self._wrong(field, value, "a time such as 2026-10-02T14:05+02:00")
            return None
        try:
            moment = moment_of(value.text)
        except ImpossibleTime as error:
            what = f"{field.name} is {value.text}, which no calendar has ({error})"
            self._problem("impossible-time", value.span, what, "Correct the date.")
            return None
        if moment is None:
            self._wrong(field, value, "a date such as 2026-10-02 or a time such as 2026-10-02T14:05+02:00")
            return None
        if moment.day.year not in _YEARS:
            what = f"{field.name} lies in the year {moment.day.year}"
            self._problem("impossible-time", value.span, what, "Correct the date.")
            return None
        if moment.precision == "minute" and not moment.zoned:
            what = f"{field.name} has no offset"
            self._problem("time-without-offset", value.span, what, f"Write {value.text}Z or +02:00.")
        return moment

    def _yes_no(self, field: Field, value: Value, path: FieldPath) -> bool:
        if isinstance(value, Scalar) and value.text.casefold() in ("true", "yes", "false", "no"):
            return value.text.casefold() in ("true", "yes")
        self._wrong(field, value, "true or false")
        # What was perhaps meant to be private stays off the site until it can be read.
        return True

    def _score(self, field: Field, value: Value, path: FieldPath) -> int | None:
        if isinstance(value, Scalar) and value.text in ("1", "2", "3", "4", "5"):
            return int(value.text)
        self._wrong(field, value, "a whole number from 1 to 5")
        return None

    def _record(self, field: Field, value: Value, path: FieldPath) -> Any:
        if not isinstance(value, Mapping):
            names = ", ".join(f"{part.name}: …" for part in field.fields[:2])
            self._wrong(field, value, f"fields of its own ({names})")
            return None
        if not (values := self.record(field.fields, value, path)):
            # A template's empty fields are not yet an answer.
            self.spans.pop(path)
            return None
        return _RECORDS[field.name](**values)

    def _records(self, field: Field, value: Value, path: FieldPath) -> tuple[Any, ...] | None:
        if isinstance(value, Scalar | Mapping):
            fix = listed(self.source, self.spans[()], value)
            instead = "Begin each entry with a dash: `- …`."
            self._problem("wrong-form", value.span, f"{field.name} is one entry, not a list", instead, fix)
            value = Sequence(value.span, (value,))
        records: list[Any] = []
        for item in value.items:
            here = (*path, len(records))
            if isinstance(item, Scalar):
                short = next(part for part in field.fields if part.name == _SHORT[field.name])
                self.spans[here] = self.spans[(*here, short.name)] = self._trimmed(item.span)
                read = self.value(short, item, (*here, short.name))
                records.append(_RECORDS[field.name](**({} if read is None else {short.target: read})))
            elif isinstance(item, Mapping):
                values = self.record(field.fields, item, here)
                if values:
                    records.append(_RECORDS[field.name](**values))
            else:
                self._wrong(field, item, "an entry with fields in each place of the list")
        return tuple(records)

    def _wrong(self, field: Field, value: Value, expected: str) -> None:
        self._problem("wrong-form", self._trimmed(value.span), f"{field.name} is {shown(value)}", f"Write {expected}.")

    def _unknown(self, key: Scalar, name: str, fields: Fields) -> None:
        aliases = fields.by_alias
        if name in aliases:
            what = f"{name} is another word for {aliases[name].name}, which stands here too"
            self._problem("duplicate-field", key.span, what, "Keep one of them.")
            return
        close = closest(name, [*fields.by_name, *aliases])
        close = aliases[close].name if close in aliases else close
        remedy = f"Did it mean {close}?" if close else "Take it out, or move it to the body."
        self._problem("unknown-field", key.span, f"{quoted(name)} is no field of a {self.whole} here", remedy)

    def _hide(self, key: Scalar, name: str, *, fix: bool) -> None:
        """Keep a review off the site that was perhaps meant to be private, until that can be read."""
        self.hidden = True
        what = f"{quoted(name)} is no field of a review here, but may say that it is private: it stays off the site"
        put = renamed(self.source, self.spans[()], key, "private") if fix and misspelt(name) else None
        self._problem("unclear-privacy", key.span, what, remedy(name), put)

    def _problem(self, kind: str, span: Span, what: str, instead: str, fix: Fix | None = None) -> None:
        self.problems.append(Problem(kind, self._trimmed(span), what, instead, fix))

    def _trimmed(self, span: Span) -> Span:
        text = self.source.text
        if not text[span.end - 1 : span.end].isspace():
            return span
        return Span(span.start, span.start + len(text[span.start : span.end].rstrip()))


_READERS: dict[str, Callable[[FieldReader, Field, Value, FieldPath], Any]] = {
    form: getattr(FieldReader, f"_{form.replace('-', '_')}") for form in get_args(Form)
}
