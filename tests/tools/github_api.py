"""Takes what failforward uses of GitHub's OpenAPI description into tests/data/github-api.json.

    python tests/tools/github_api.py [VERSION]

It asks npm for the package `@octokit/openapi`, which holds the description as GitHub publishes it. The whole has 13 MB,
so only the operations that are used are kept, with all that they refer to; prose is left out, and nothing is changed.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "@octokit/openapi"
INSIDE = "package/generated/api.github.com.json"
OUTPUT = Path(__file__).resolve().parents[1] / "data/github-api.json"
OPERATIONS = (
    ("get", "/repos/{owner}/{repo}/issues"),
    ("post", "/repos/{owner}/{repo}/issues"),
    ("get", "/repos/{owner}/{repo}/issues/{issue_number}"),
    ("patch", "/repos/{owner}/{repo}/issues/{issue_number}"),
    ("post", "/repos/{owner}/{repo}/labels"),
    ("get", "/repos/{owner}/{repo}/labels/{name}"),
)
# What says nothing about the form; `description` and `title` are dropped only where they are prose.
PROSE = ("description", "title", "summary", "tags", "externalDocs", "example")


def published(version: str) -> dict[str, Any]:
    """Give the whole description of a version of the package."""
    with tempfile.TemporaryDirectory() as folder:
        asked = ["npm", "pack", f"{PACKAGE}@{version}", "--silent", "--pack-destination", folder]
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            file = tar.extractfile(INSIDE)
            assert file is not None, f"{PACKAGE} holds no {INSIDE}"
            return json.load(file)


def without_prose(value: Any) -> Any:
    """Give a part of the description without its prose and without GitHub's own extensions (`x-…`)."""
    if isinstance(value, list):
        return [without_prose(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: each if name in ("examples", "enum") else without_prose(each)
        for name, each in value.items()
        if not name.startswith("x-") and not (name in PROSE and not _a_property(each))
    }


def _a_property(value: Any) -> bool:
    """Tell whether a name such as `title` is one of a record's own, since a schema follows."""
    return isinstance(value, dict)


def take(whole: dict[str, Any], value: Any, into: dict[str, Any]) -> None:
    """Put everything that a part refers to into `into`, by its place."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        take(whole, each, into)
    place = value.get("$ref") if isinstance(value, dict) else None
    if isinstance(place, str) and place not in into:
        part: Any = whole
        for step in place.removeprefix("#/").split("/"):
            part = part[step]
        examples = "/examples/" in place
        into[place] = part if examples else without_prose(part)
        take(whole, into[place], into)


def main(version: str) -> None:
    """Write the excerpt."""
    whole = published(version)
    paths: dict[str, Any] = {}
    for method, path in OPERATIONS:
        paths.setdefault(path, {})[method] = without_prose(whole["paths"][path][method])
    parts: dict[str, Any] = {}
    take(whole, paths, parts)
    components: dict[str, Any] = {}
    for place, part in sorted(parts.items()):
        _, _, kind, name = place.split("/")
        components.setdefault(kind, {})[name] = part
    said = {"title": "An excerpt of GitHub's REST API", "version": whole["info"]["version"], "x-package": PACKAGE}
    made = {"openapi": whole["openapi"], "info": said | {"license": whole["info"]["license"]}}
    OUTPUT.write_text(json.dumps(made | {"paths": paths, "components": components}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "latest")
