"""The JSON Schema of the front matter, made from the declared fields."""

from __future__ import annotations

import json
from typing import Any

from failforward.model.fields import REVIEW, RISK, Field
from failforward.model.settings import Settings

_NOT_APPLICABLE = {"type": "string", "pattern": "^[nN]/?[aA]\\b", "description": "n/a because …"}
_REQUIRED = ("title", "kind", "status")
_RISK_REQUIRED = ("id", "title", "owner", "review_by")
_MOMENT = r"^~?\s*\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?)?)?$"


def schema(settings: Settings | None = None, causes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give the schema; with a playbook's settings and causes it completes its own words."""
    properties = {field.name: _property(field, optional=field.name not in _REQUIRED) for field in REVIEW}
    if settings:
        properties["severity"]["anyOf"][0]["enum"] = list(settings.severities)
    if causes:
        for name in ("causes", "experiments", "accepted"):
            properties[name]["items"]["properties"]["cause"]["enum"] = [*causes, None]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://failforward.github.io/failforward/schema/review-1.json",
        "title": "Front matter of a failforward review",
        "type": "object",
        "additionalProperties": False,
        "required": list(_REQUIRED),
        "properties": properties,
    }


def register_schema(causes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give the schema of risks.yml; with a playbook's causes it completes them."""
    properties = {field.name: _property(field, optional=field.name not in _RISK_REQUIRED) for field in RISK}
    if causes:
        properties["causes"]["items"]["enum"] = list(causes)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://failforward.github.io/failforward/schema/risks-1.json",
        "title": "The risk register of a failforward playbook",
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": list(_RISK_REQUIRED),
            "properties": properties,
        },
    }


def rendered(settings: Settings | None = None, causes: tuple[str, ...] = (), *, risks: bool = False) -> str:
    """Give the schema of a review, or that of the register of risks, as text that ends in a newline."""
    made = register_schema(causes) if risks else schema(settings, causes)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _property(field: Field, *, optional: bool = True) -> dict[str, Any]:
    """Give a field's schema; an optional one may stand there without a value, as it does in the templates."""
    made = _form(field)
    if field.na:
        made = {"anyOf": [made, _NOT_APPLICABLE]}
    if optional and "anyOf" in made:
        made["anyOf"].append({"type": "null"})
    elif optional:
        types = [made["type"]] if isinstance(made["type"], str) else made["type"]
        made["type"] = [*types, "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return {"description": field.doc, **made}


def _form(field: Field) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    if field.form == "word":
        return {"type": "string", "enum": list(field.vocabulary)} if field.vocabulary else text
    if field.form == "moment":
        # Editors read bare dates and years as something else than text.
        return {"type": ["string", "integer"], "pattern": _MOMENT}
    if field.form in ("words", "texts"):
        return {"type": "array", "items": text}
    if field.form == "yes-no":
        return {"type": "boolean"}
    if field.form == "score":
        return {"type": "integer", "minimum": 1, "maximum": 5}
    if field.form == "url":
        return {"type": "string", "format": "uri"}
    if field.form in ("record", "records"):
        record = {
            "type": "object",
            "additionalProperties": False,
            "properties": {part.name: _property(part) for part in field.fields},
        }
        return record if field.form == "record" else {"type": "array", "items": record}
    return text
