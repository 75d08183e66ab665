"""Holds requests and answers against GitHub's own description of its API (tests/data/github-api.json)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft4Validator, FormatChecker

EXCERPT = Path(__file__).resolve().parents[1] / "data/github-api.json"
# Said of all operations together, on the pages about redirects, signing in, permissions and limits of requests.
ANYWHERE = (301, 302, 307, 401, 403, 429, 500, 502, 503, 504)
FORMATS = FormatChecker(formats=())
FORMATS.checks("date-time")(
    lambda value: not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))
)


def plain_schema(value: Any) -> Any:
    """Give a schema of OpenAPI 3.0 as JSON Schema, which has no `nullable`."""
    if isinstance(value, list):
        return [plain_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {name: plain_schema(each) for name, each in value.items() if name != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if value.get("nullable") is True else made


class Documented:
    """The operations of the description; each question is answered with what is not as it says."""

    def __init__(self) -> None:
        self.whole = json.loads(EXCERPT.read_text("utf-8"))
        self.components = plain_schema(self.whole["components"])
        self.used: set[str] = set()

    def example(self, name: str) -> Any:
        """Give one of GitHub's own examples, a new one each time."""
        return json.loads(json.dumps(self.whole["components"]["examples"][name]["value"]))

    def request(self, method: str, path: str, query: Mapping[str, str], sent: Any) -> Iterator[str]:
        """Tell what of a request is not described."""
        operation, names = self._operation(method, path)
        if operation is None:
            yield f"{method} {path}: no operation of the description"
            return
        where = operation["operationId"]
        self.used.add(where)
        declared = {each["name"]: each for each in map(self._read, operation.get("parameters", ()))}
        for name, text in {**query, **names}.items():
            if name not in declared or (name in query) != (declared[name]["in"] == "query"):
                yield f"{where}: the parameter {name} is not described"
            else:
                yield from self._wrong(f"{where} {name}", declared[name]["schema"], _typed(declared[name], text))
        body = operation.get("requestBody")
        if sent is None or body is None:
            if sent is not None or (body or {}).get("required"):
                yield f"{where}: {'a body is sent' if body is None else 'no body is sent'}"
            return
        schema = body["content"]["application/json"]["schema"]
        yield from (f"{where}: {name} is not described" for name in sent if name not in schema["properties"])
        yield from self._wrong(where, schema, sent)

    def answer(self, method: str, path: str, status: int, value: Any, headers: Mapping[str, str]) -> Iterator[str]:
        """Tell what of an answer is not described."""
        operation, _ = self._operation(method, path)
        found = operation["responses"].get(str(status)) if operation else None
        where = f"{operation['operationId'] if operation else path} {status}"
        if found is None:
            if operation and status not in ANYWHERE:
                yield f"{where}: no such answer is described"
            yield from self._wrong(where, {"$ref": "#/components/schemas/basic-error"}, value)
            return
        found = self._read(found)
        yield from self._wrong(where, found["content"]["application/json"]["schema"], value)
        if "Link" in headers and "Link" not in found.get("headers", {}):
            yield f"{where}: no Link is described"

    def _operation(self, method: str, path: str) -> tuple[dict[str, Any] | None, dict[str, str]]:
        """Give the operation, and the values in its path; GitHub's own links name a repository by its number."""
        path = re.sub(r"^/repositories/\d+/", "/repos/by/number/", path)
        for template, operations in self.whole["paths"].items():
            form = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            match = re.fullmatch(form, path)
            if match and method.lower() in operations:
                return operations[method.lower()], {name: unquote(text) for name, text in match.groupdict().items()}
        return None, {}

    def _read(self, value: dict[str, Any]) -> dict[str, Any]:
        """Follow a reference."""
        if "$ref" not in value:
            return value
        _, _, kind, name = value["$ref"].split("/")
        return self.whole["components"][kind][name]

    def _wrong(self, where: str, schema: Any, value: Any) -> Iterator[str]:
        root = {"allOf": [plain_schema(schema)], "components": self.components}
        for error in Draft4Validator(root, format_checker=FORMATS).iter_errors(value):
            yield f"{where}: {error.json_path}: {error.message[:200]}"


def _typed(parameter: Mapping[str, Any], text: str) -> Any:
    """Give the value of a parameter as its schema's type."""
    return int(text) if parameter["schema"].get("type") == "integer" and text.isdecimal() else text
