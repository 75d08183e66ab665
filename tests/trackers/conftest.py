"""A stand-in for GitHub: a server on this machine that answers the few requests as GitHub's REST documentation says.

Each request and each of its own answers is held against GitHub's description of its API; what differs fails the test.
"""

import json
import re
import runpy
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest

Documented = runpy.run_path(str(Path(__file__).with_name("documented.py")))["Documented"]
TOKEN = "ghs_notARealTokenOfAnybody"
REPO = "shop/playbook"
Reply = tuple[int, Any, dict[str, str]]
Run = Callable[..., subprocess.CompletedProcess[str]]

FRONT = """\
title: Checkout stalled after the cache warm-up change
kind: incident
status: reviewed
severity: sev3
started: 2026-10-02T14:05+00:00
resolved: 2026-10-02T15:40+00:00
debrief: 2026-10-03T10:00+00:00
check_in: 2026-10-06T10:00+00:00
services: [checkout]
teams: [payments]
causes:
  - cause: untested-path
    how: Staging has no cluster cache.
experiments:
  - id: warm-up-gate      # the gate
    cause: untested-path
    outcome: A warm-up that evicts live keys is stopped
    measure: The gate fails on a replay
    kind: prevent
    tasks: [Replay test, 'Gate in the pipeline']
    owner: platform
    due: 2026-10-16
    status: planned
"""


@dataclass
class Hub:
    """What the stand-in knows, and what it was asked: `log` holds method, path and what was sent.

    `next` are answers that come before all others; `page` is the most that a page holds; `hook` is called at each
    request. `renamed` holds the old names of repositories, `transferred` where issues went, `deleted` which are gone.
    `faults` are requests and answers that are not as GitHub describes them.
    """

    repos: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {REPO: []})
    labels: set[str] = field(default_factory=lambda: {"failforward"})
    log: list[tuple[str, str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    next: list[Reply] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    transferred: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    deleted: set[tuple[str, int]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    documented: Any = field(default_factory=Documented)
    page: int = 100
    hook: Callable[[], object] = lambda: None
    has_issues: bool = True
    may_write: bool = True
    may_label: bool = True
    api: str = ""

    @property
    def issues(self) -> list[dict[str, Any]]:
        """Give the issues of the repository."""
        return self.repos[REPO]

    @property
    def writes(self) -> list[tuple[str, str]]:
        """Give the requests that were to change something."""
        return [(method, path) for method, path, _ in self.log if method != "GET"]

    def add(self, **fields: Any) -> dict[str, Any]:
        """Put an issue there, as a person without rights would have opened it unless `fields` say more."""
        return self.put(REPO, {"labels": [], **fields}, {"login": "visitor", "type": "User"})

    def put(self, repo: str, sent: Any, user: dict[str, str]) -> dict[str, Any]:
        """Put an issue into a repository; what nobody asks for is added when it is shown."""
        number = 1 + max((each["number"] for each in self.repos[repo]), default=0)
        web = self.api.removesuffix("/api")
        issue = {
            "number": number, "html_url": f"{web}/{repo}/issues/{number}", "state": "open", "state_reason": None,
            "closed_at": None, "body": None, "user": user, "author_association": "NONE", **sent,
        }  # fmt: skip
        issue["labels"] = [{"name": name} for name in sent.get("labels", [])]
        self.repos[repo].append(issue)
        return issue

    def answer(self, method: str, address: str, headers: Mapping[str, str], sent: Any) -> Reply:
        """Answer a request, and note what is not as GitHub describes it."""
        path = urlsplit(address).path
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query, strict_parsing=False).items()}
        self.log.append((method, path, sent))
        headers = {name.lower(): value for name, value in headers.items()}
        self.headers.append(headers)
        self.hook()
        self.faults += self.documented.request(method, path, query, sent)
        if self.next:
            return self.next.pop(0)
        reply = self._answer(method, path, headers, sent, query)
        self.faults += self.documented.answer(method, path, *reply)
        return reply

    def _answer(self, method: str, path: str, headers: Mapping[str, str], sent: Any, query: dict[str, str]) -> Reply:
        if "user-agent" not in headers or headers.get("x-github-api-version") != "2022-11-28":
            return refused(400, "Bad request")
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if token not in ("", TOKEN):
            return refused(401, "Bad credentials")
        match = re.fullmatch(r"/(?:repos/([^/]+/[^/]+)|repositories/(\d+))/(issues|labels)(?:/(.+))?", path)
        repo = match and (match[1] or dict(enumerate(self.repos)).get(int(match[2])))
        if repo in self.renamed:
            return self._moved(method, self.renamed[repo], "/".join(filter(None, match.groups()[2:])), query)
        if not match or repo not in self.repos:
            return refused(404, "Not Found")
        if method != "GET" and not token:
            return refused(401, "Requires authentication")
        if method != "GET" and not self.may_write:
            needed = {"X-Accepted-GitHub-Permissions": "issues=write"}
            return refused(403, "Resource not accessible by integration", needed)
        if match[3] == "labels":
            return self._label(method, unquote(match[4] or ""), sent)
        if match[4] is None and method == "GET":
            return self._list(repo, query)
        if not self.has_issues:
            return refused(410, "Issues has been disabled in this repository.")
        return self._issue(method, repo, int(match[4]) if match[4] else 0, sent)

    def _moved(self, method: str, repo: str, rest: str, query: dict[str, str]) -> Reply:
        """Lead to a repository by its number: for good where something is read, verbatim where it is written."""
        place = f"{self.api}/repositories/{list(self.repos).index(repo)}/{rest}"
        place += f"?{urlencode(query)}" if query else ""
        status, message = (301, "Moved Permanently") if method == "GET" else (307, "Temporary Redirect")
        return refused(status, message, {"Location": place}, url=place)

    def _label(self, method: str, name: str, sent: Any) -> Reply:
        known = {label.lower() for label in self.labels}
        if method == "GET":
            found = name.lower() in known
            return (200, self.documented.example("label") | {"name": name}, {}) if found else refused(404, "Not Found")
        if sent["name"].lower() in known:
            errors = [{"resource": "Label", "code": "already_exists", "field": "name"}]
            return refused(422, "Validation Failed", errors=errors)
        self.labels.add(sent["name"])
        return 201, self.documented.example("label") | sent, {}

    def _issue(self, method: str, repo: str, number: int, sent: Any) -> Reply:
        if sent is not None and (wrong := self._wrong(sent, new=not number)):
            return refused(422, "Validation Failed", errors=[wrong])
        if not number:
            if self.may_label:
                return 201, self._full(repo, self.put(repo, sent, {"login": "actions[bot]", "type": "Bot"})), {}
            # GitHub drops the labels of somebody who may not set them, and says nothing.
            kept = {name: value for name, value in sent.items() if name != "labels"}
            return 201, self._full(repo, self.put(repo, kept, {"login": "reader", "type": "User"})), {}
        if (repo, number) in self.transferred:
            there, other = self.transferred[repo, number]
            place = f"{self.api}/repositories/{list(self.repos).index(there)}/issues/{other}"
            return refused(301, "Moved Permanently", {"Location": place}, url=place)
        if (repo, number) in self.deleted:
            return refused(410, "This issue was deleted")
        found = next((each for each in self.repos[repo] if each["number"] == number), None)
        if found is None:
            return refused(404, "Not Found")
        for name, value in (sent or {}).items():
            found[name] = value
        if (sent or {}).get("state") == "closed":
            found["closed_at"] = "2026-10-20T08:00:00Z"
        return 200, self._full(repo, found), {}

    def _wrong(self, sent: Any, *, new: bool) -> dict[str, str] | None:
        if new and not sent.get("title", "").strip():
            return {"resource": "Issue", "code": "missing_field", "field": "title"}
        if len(sent.get("body") or "") > 65_536 or len(sent.get("title") or "") > 256:
            return {"resource": "Issue", "code": "custom", "field": "body", "message": "is too long"}
        return None

    def _full(self, repo: str, issue: dict[str, Any]) -> dict[str, Any]:
        """Give an issue as GitHub shows it: its own example, with what is known of this one."""
        made = self.documented.example("issue")
        place = f"{self.api}/repos/{repo}"
        links = {"url": f"{place}/issues/{issue['number']}", "repository_url": place}
        labels = [self.documented.example("label") | each for each in issue["labels"]]
        if not issue.get("pull_request"):
            made.pop("pull_request", None)
            issue = {name: value for name, value in issue.items() if name != "pull_request"}
        else:
            issue = issue | {"pull_request": made["pull_request"]}
        return made | issue | links | {"labels": labels, "user": made["user"] | issue["user"]}

    def _list(self, repo: str, query: dict[str, str]) -> Reply:
        asked = (query["state"], query["per_page"], query["sort"], query["direction"])
        assert asked == ("all", "100", "created", "asc")
        wanted = set(query.get("labels", "").split(",")) - {""}
        found = [
            each for each in self.repos[repo]
            if wanted <= {label["name"] for label in each["labels"]} and (self.has_issues or each.get("pull_request"))
        ]  # fmt: skip
        number, size = int(query.get("page", "1")), min(self.page, int(query["per_page"]))
        shown = [self._full(repo, each) for each in found[(number - 1) * size : number * size]]
        place = f"{self.api}/repositories/{list(self.repos).index(repo)}/issues"
        last = -(-len(found) // size)
        pages = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
        links = [
            f'<{place}?{urlencode({**query, "page": page})}>; rel="{relation}"' for relation, page in pages.items()
            if 1 <= page <= last and page != number
        ]  # fmt: skip
        return 200, shown, {"Link": ", ".join(links)} if links else {}


def refused(status: int, message: str, headers: Mapping[str, str] | None = None, **more: Any) -> Reply:
    """Give an answer that is no success, in the form of GitHub's errors."""
    said = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    return status, said | more, dict(headers or {})


def serve(hub: Hub) -> Iterator[Hub]:
    """Serve a hub on a free port until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, value, headers = hub.answer(
                self.command, self.path.removeprefix("/api"), dict(self.headers), json.loads(data) if data else None
            )
            written = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, text in {"X-RateLimit-Remaining": "4999", **headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.api = f"http://127.0.0.1:{server.server_address[1]}/api"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
        assert hub.faults == []
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give a stand-in for GitHub with an empty repository."""
    yield from serve(Hub())


@pytest.fixture
def other_host() -> Iterator[Hub]:
    """Give a second server, which nobody is to send anything."""
    yield from serve(Hub())


@dataclass
class Desk:
    """A playbook in a git repository, and the program in its folder with a token."""

    folder: Path
    hub: Hub
    program: Run

    def file(self, name: str = "2026-10-02-checkout") -> Path:
        """Give a review's file."""
        return self.folder / f"playbook/reviews/{name}.md"

    def write(self, *changes: tuple[str, str], name: str = "2026-10-02-checkout") -> Path:
        """Write a review; `old, new` pairs are replaced in its front matter."""
        front = FRONT
        for old, new in changes:
            assert old in front, old
            front = front.replace(old, new, 1)
        path = self.file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}---\n\n## In short\n\nA job evicted live keys.\n", "utf-8")
        return path

    def git(self, *arguments: str) -> None:
        """Run git, with a name for commits that is nobody's."""
        named = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *named, *arguments], cwd=self.folder, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")

    def run(
        self, *arguments: str, today: str = "2026-10-20", token: str = TOKEN, cwd: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on a day as a program of its own."""
        environment = {"GITHUB_API_URL": self.hub.api, "GITHUB_REPOSITORY": REPO, "GH_TOKEN": token, **more}
        given = {name: value for name, value in environment.items() if value}
        done = self.program(*arguments, "--today", today, cwd=cwd or self.folder, environment=given)
        assert TOKEN not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def done(self, *arguments: str, **more: Any) -> str:
        """Run a command that must work, and give what it says."""
        result = self.run(*arguments, **more)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    def refused(self, *arguments: str, **more: Any) -> str:
        """Run a command that must be refused, and give why."""
        result = self.run(*arguments, **more)
        assert result.returncode == 2, result.stdout
        return result.stderr


@pytest.fixture
def desk(tmp_path: Path, hub: Hub, program: Run) -> Desk:
    """Give a playbook with one review, committed, beside an empty repository on the stand-in."""
    folder = tmp_path / "repository"
    (folder / "playbook").mkdir(parents=True)
    (folder / "playbook/playbook.yml").write_text("title: Ours\n", "utf-8")
    made = Desk(folder, hub, program)
    made.write()
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit()
    return made
