"""What is sent and what the stand-in answers is as GitHub describes it, and GitHub's own examples are understood."""

import json

import pytest

ISSUES = "/repos/shop/playbook/issues"
QUERY = {"state": "all", "sort": "created", "direction": "asc", "per_page": "100"}


def test_the_excerpt_says_where_it_is_from(hub):
    """Package, version and licence stand in it, and it holds the operations that are used and no others."""
    info = hub.documented.whole["info"]
    assert info["x-package"] == "@octokit/openapi"
    assert info["version"].split(".")[0].isdecimal()
    assert info["license"]["name"] == "MIT"


def test_every_operation_of_the_excerpt_is_used(desk):
    """One promise from its first issue to its end asks for each of them, and all that is said is as described."""
    desk.hub.labels.clear()
    desk.done("track")
    desk.done("export", "--to", "github")
    desk.hub.issues[1] |= {"state": "closed", "state_reason": "completed", "closed_at": "2026-10-14T10:00:00Z"}
    desk.done("sync")
    desk.done("track", today="2026-10-25")
    described = {each["operationId"] for path in desk.hub.documented.whole["paths"].values() for each in path.values()}
    assert desk.hub.documented.used == described
    assert desk.hub.faults == []


@pytest.mark.parametrize(
    ("method", "path", "query", "sent", "fault"),
    [
        ("GET", ISSUES, {**QUERY, "sort": "age"}, None, "issues/list-for-repo sort: $: 'age' is not one of"),
        ("GET", ISSUES, {**QUERY, "per_page": "many"}, None, "per_page: $: 'many' is not of type 'integer'"),
        ("GET", ISSUES, {**QUERY, "label": "x"}, None, "the parameter label is not described"),
        ("GET", ISSUES, QUERY, {}, "issues/list-for-repo: a body is sent"),
        ("GET", f"{ISSUES}/x", {}, None, "issue_number: $: 'x' is not of type 'integer'"),
        ("POST", ISSUES, {}, {"body": "x"}, "issues/create: $: 'title' is a required property"),
        ("POST", ISSUES, {}, {"title": "x", "text": "y"}, "issues/create: text is not described"),
        ("POST", ISSUES, {}, None, "issues/create: no body is sent"),
        ("PATCH", f"{ISSUES}/1", {}, {"state_reason": "done"}, "issues/update: $.state_reason: 'done' is not"),
        ("DELETE", f"{ISSUES}/1", {}, None, "no operation of the description"),
    ],
)
def test_a_request_that_is_not_described_is_noted(hub, method, path, query, sent, fault):
    """The check itself is no rubber stamp."""
    assert fault in " ".join(hub.documented.request(method, path, query, sent))


@pytest.mark.parametrize(
    ("status", "changes", "headers", "fault"),
    [
        (200, {"number": "1"}, {}, "issues/get 200: $.number: '1' is not of type 'integer'"),
        (200, {"closed_at": "yesterday"}, {}, "$.closed_at: 'yesterday' is not"),
        (200, {"author_association": "FRIEND"}, {}, "$.author_association: 'FRIEND' is not one of"),
        (200, {}, {"Link": "x"}, "no Link is described"),
        (422, {}, {}, "issues/get 422: no such answer is described"),
        (410, {"message": 1}, {}, "issues/get 410: $.message: 1 is not of type 'string'"),
    ],
)
def test_an_answer_that_is_not_described_is_noted(hub, status, changes, headers, fault):
    """A form, a status or a header that GitHub does not name is a fault of the stand-in."""
    issue = hub.documented.example("issue") | changes
    assert fault in " ".join(hub.documented.answer("GET", f"{ISSUES}/1", status, issue, headers))


@pytest.mark.parametrize("field", ["id", "user", "labels", "html_url", "state", "title", "created_at"])
def test_an_issue_without_a_field_is_noted(hub, field):
    """What GitHub always sends is sent by the stand-in too."""
    issue = hub.documented.example("issue")
    del issue[field]
    assert f"'{field}' is a required property" in " ".join(hub.documented.answer("GET", f"{ISSUES}/1", 200, issue, {}))


def test_githubs_own_examples_are_understood(desk):
    """An issue as GitHub shows it in its documentation is read as what it is."""
    issue = desk.hub.documented.example("issue")
    assert issue["state"] == "open"
    web = desk.hub.api.removesuffix("/api")
    desk.write(("status: planned", f"status: planned\n    issue: {web}/shop/playbook/issues/{issue['number']}"))
    for name in ("issue", "issue-with-pinned-comment"):
        example = desk.hub.documented.example(name)
        desk.hub.next = [(200, dict(example), {})]
        if example.pop("pull_request", None):
            assert "its link leads to a pull request and to no issue" in desk.done("sync")
            desk.hub.next = [(200, example, {})]
        assert "its issue is open" in desk.done("sync")
    desk.hub.next = [(200, desk.hub.documented.example("issue-items"), {})] * 2
    assert "Opened" in desk.done("track")
    sent = json.dumps(desk.hub.log)
    assert issue["html_url"] not in sent
