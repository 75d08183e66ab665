"""What the reviews say of follow-through, for people and other programs.

To add a format: a function, and a line in FORMATS. The sentences are those of the page "Is it working?".
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from failforward.measures import FIGURES, FigureName, Measures
from failforward.measures.tables import as_csv, as_json, table
from failforward.measures.words import TITLES, said
from failforward.reports.run import visible

_WIDTH = 34


def text(measures: Measures, names: Sequence[FigureName]) -> str:
    """Give a paragraph for each figure, in it a line for each estimate."""
    since = f" of failures since {measures.since}" if measures.since else ""
    n = len(measures.reviews)
    lines = [f"{n:,} published review{'' if n == 1 else 's'}{since}, on {measures.today}"]
    for name in names:
        lines += ["", TITLES[name]]
        lines += [visible(f"  {label:<{_WIDTH}} {sentence}") for label, sentence in said(name, measures)]
    return "\n".join(lines) + "\n"


def json_object(measures: Measures, names: Sequence[FigureName]) -> str:
    """Give one object (version 1) with the estimates of each figure, and below `tables` the numbers behind it."""
    whole = as_json(measures)
    left_out = set(FIGURES) - set(names)
    found = {key: value for key, value in whole.items() if key not in left_out}
    found["tables"] = {key: value for key, value in whole["tables"].items() if key not in left_out}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def comma_separated(measures: Measures, names: Sequence[FigureName]) -> str:
    """Give the numbers behind one figure, or of several the sentence of each estimate."""
    if len(names) == 1:
        return as_csv(table(names[0], measures)).replace("\r\n", "\n")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("figure", "estimate", "says"))
    writer.writerows((name, label, visible(words)) for name in names for label, words in said(name, measures))
    return out.getvalue()


FORMATS: dict[str, Callable[[Measures, Sequence[FigureName]], str]] = {
    "text": text, "json": json_object, "csv": comma_separated,
}  # fmt: skip
