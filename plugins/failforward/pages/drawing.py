"""Draws a Vega-Lite specification as SVG that is safe to stand on a page and takes its colours from there.

The library is vl-convert (extra `charts`): of the kept ones that draw without a browser it alone gives the same bytes
twice, lets a colour be a CSS variable, and writes text and a label for each mark (84 MB; 0.7 s for the first picture,
then 0.06 s; pygal brings a script, dates and no intervals, matplotlib is 174 MB and knows no variables). It is
imported when the first picture is drawn, so that checking never loads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import nh3
from markupsafe import Markup, escape

Spec = Mapping[str, Any]

_VERSION = "5.21"
_TAGS = {"svg", "g", "path", "rect", "line", "text"}
_ATTRIBUTES = {
    "svg": {"viewBox"}, "g": {"transform", "aria-hidden"}, "rect": {"x", "y", "width", "height"},
    "line": {"x1", "y1", "x2", "y2"}, "text": {"text-anchor", "font-size", "font-weight"}, "path": {"d", "aria-label"},
    "*": {"transform", "fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-opacity"},
}  # fmt: skip
_NUMBER = re.compile(r"(\.\d\d)\d+")
# What nh3 writes has one form: attributes in double quotes, in which < and > are entities.
_LABELLED = re.compile(r'<path aria-label="([^"<>]*)"([^<>]*)></path>')
_EMPTY = re.compile(r'<path(?: (?:aria-hidden|transform|fill|stroke|stroke-width)="[^"]*")* d=""[^<>]*></path>')


def can_draw() -> bool:
    """Tell whether the library is installed; it is not loaded for that."""
    return find_spec("vl_convert") is not None


def draw(spec: Spec, label: str) -> Markup:
    """Give a picture as one line of SVG with a label; each mark that has a description shows it as a title."""
    drawn = _library()(dict(spec), vl_version=_VERSION, allowed_base_urls=[])
    clean = _EMPTY.sub("", nh3.clean(
        drawn, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_short, clean_content_tags={"script", "style"},
    ))  # fmt: skip
    titled = _LABELLED.sub(r'<path role="img"\2><title>\1</title></path>', clean)
    head = f'<svg class="ff-picture" role="group" aria-label="{escape(label)}" '
    return Markup(head + " ".join(titled.removeprefix("<svg").split()))  # noqa: S704 - sanitised


@cache
def _library() -> Callable[..., str]:
    convert: Callable[..., str] = import_module("vl_convert").vegalite_to_svg
    return convert


def _short(tag: str, attribute: str, value: str) -> str | None:
    """Leave out what browsers take for granted, and write places to a hundredth of a pixel."""
    if attribute in ("d", "transform", "x", "y", "x1", "x2", "y1", "y2"):
        return _NUMBER.sub(r"\1", value)
    if attribute == "fill" and value == "transparent":
        return "none"
    return value
