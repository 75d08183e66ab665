"""The token goes to one host, waiting has an end, and every refusal says what to do."""

import time

import pytest

RATE = {"X-RateLimit-Remaining": "0"}


def test_the_token_is_sent_as_a_header_only(desk):
    """It stands in no address and in nothing that is sent."""
    desk.done("track")
    assert all(each["authorization"] == "Bearer ghs_notARealTokenOfAnybody" for each in desk.hub.headers)
    assert "ghs_" not in str(desk.hub.log)
    assert all(each["accept"] == "application/vnd.github+json" for each in desk.hub.headers)


def test_gh_token_comes_first(desk):
    """GITHUB_TOKEN is taken where GH_TOKEN is not set."""
    assert "does not accept the token" in desk.refused("track", token="wrong", GITHUB_TOKEN="alsowrong")
    desk.done("track", token="", GITHUB_TOKEN="ghs_notARealTokenOfAnybody")


def test_nothing_is_written_without_a_token(desk):
    """That is said before anything is asked."""
    assert "There is no token to write with" in desk.refused("track", token="")
    assert desk.hub.log == []


def test_a_token_of_two_lines_is_not_repeated(desk):
    """It would reach the headers; the message does not hold it."""
    why = desk.refused("track", token="ghs_one\nX-Other: two")
    assert "GH_TOKEN holds something that is no token" in why
    assert "ghs_one" not in why
    assert desk.hub.log == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_leads_to_another_host(desk, other_host, status):
    """The token is not sent there, nor is anything else."""
    desk.hub.next = [(status, {}, {"Location": f"{other_host.api}/repos/shop/playbook/issues"})]
    assert "which is not followed" in desk.refused("track")
    assert other_host.log == []


def test_a_redirect_on_the_same_host_is_followed(desk):
    """A repository that was renamed is still found; one that leads round in circles is not waited for."""
    place = {"Location": f"{desk.hub.api}/repos/shop/playbook/issues?state=all&per_page=100&sort=created&direction=asc"}
    desk.hub.next = [(301, {"message": "Moved Permanently"}, place)]
    assert "Opened" in desk.done("track")
    desk.hub.next = [(307, {}, place)] * 9
    assert "leads round in circles" in desk.refused("track")


def test_a_repository_that_was_renamed(desk):
    """What is read is found in its new place, and what is written is written there; nothing is opened twice."""
    desk.hub.repos["shop/handbook"] = []
    desk.hub.renamed["shop/playbook"] = "shop/handbook"
    assert "Opened" in desk.done("track")
    assert len(desk.hub.repos["shop/handbook"]) == 1
    before = list(desk.hub.writes)
    assert "says all this already" in desk.done("track")
    assert desk.hub.writes == before


def test_no_page_lies_on_another_host(desk, other_host):
    """A link to the next page that leads elsewhere is not followed."""
    link = {"Link": f'<{other_host.api}/repositories/1/issues?page=2>; rel="next", <{desk.hub.api}/x>; rel="last"'}
    desk.hub.next = [(200, [], link)]
    assert "which is not followed" in desk.refused("track")
    assert other_host.log == []


def test_a_link_that_is_no_address(desk):
    """It is no crash."""
    desk.hub.next = [(302, {}, {"Location": "https://["})]
    assert "leads to something that is no address, which is not followed" in desk.refused("track")


def test_a_host_that_only_begins_alike_is_another(desk):
    """The address is compared as a whole."""
    link = {"Link": f'<{desk.hub.api}.example.org/issues?page=2>; rel="next"'}
    desk.hub.next = [(200, [], link)]
    assert "which is not followed" in desk.refused("track")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_waited_for(desk, status):
    """A read is asked again after as many seconds as the answer says."""
    desk.hub.next = [(status, {"message": "later"}, {"Retry-After": "1"})]
    began = time.monotonic()
    assert "Opened" in desk.done("track")
    assert time.monotonic() - began >= 1


def test_a_write_is_repeated_only_where_it_was_surely_not_done(desk):
    """After 503 an issue is opened again; after 502 it may have been opened, so the marker is asked first next time."""
    desk.done("track")
    desk.hub.issues.clear()
    listed, label = (200, [], {}), (200, {"name": "failforward"}, {})
    desk.hub.next = [listed, listed, label, (503, {"message": "Service unavailable"}, {"Retry-After": "0"})]
    assert "Opened" in desk.done("track")
    assert len(desk.hub.issues) == 1
    desk.hub.issues.clear()
    desk.hub.next = [listed, listed, label, (502, {"message": "Server Error"}, {})]
    assert "what was done is found by its marker, and not done twice" in desk.refused("track")
    assert desk.hub.issues == []


def test_waiting_has_an_end(desk):
    """After four attempts, or where more than a minute is asked for, the message says when to come back."""
    desk.hub.next = [(503, {"message": "Service unavailable"}, {"Retry-After": "0"})] * 9
    assert "GitHub did not do what was asked (503: Service unavailable)" in desk.refused("track")
    assert len(desk.hub.log) == 4
    desk.hub.next = [(403, {"message": "API rate limit exceeded"}, {**RATE, "X-RateLimit-Reset": "4102444800"})]
    why = desk.refused("track")
    assert "GitHub asks to slow down (403: API rate limit exceeded). Run this again after 20" in why
    desk.hub.next = [(403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "3600"})]
    assert "Run this again after 20" in desk.refused("track")
    assert len(desk.hub.log) == 6


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, {"message": "Bad credentials"}, {}), "GitHub does not accept the token (401: Bad credentials). Set GH_"),
        ((404, {"message": "Not Found"}, {}), "There is no repository shop/playbook that this token can see"),
        ((410, {"message": "Issues has been disabled"}, {}), "shop/playbook has its issues switched off"),
        (
            (403, {"message": "Forbidden \x1b[31m"}, {}),
            "The token may not do this in shop/playbook (403: Forbidden [31m)",
        ),
        ((200, b"<html>Sign in</html>", {}), "answers with something that is no JSON. Look whether --api is"),
        ((500, b"<html>oops</html>", {}), "GitHub did not do what was asked (500)"),
        ((451, {"message": "Unavailable"}, {}), "GitHub did not do what was asked (451: Unavailable)"),
    ],
)
def test_a_refusal_says_what_to_do(desk, answer, words):
    """It is one line with a remedy, and ends with 2."""
    desk.hub.next = [answer]
    why = desk.refused("track")
    assert words in why
    assert why.count("\n") == 1


def test_a_missing_permission_is_named(desk):
    """GitHub says which permission it wants."""
    desk.hub.may_write = False
    why = desk.refused("track")
    assert "The token may not do this in shop/playbook (403: Resource not accessible by integration)" in why
    assert "“Issues: write” (issues=write)" in why


def test_what_github_cannot_use_is_named(desk):
    """The field and its fault are in the message."""
    listed, label = (200, [], {}), (200, {}, {})
    errors = [{"resource": "Issue", "code": "missing_field", "field": "title"}]
    desk.hub.next = [listed, listed, label, (422, {"message": "Validation Failed", "errors": errors}, {})]
    assert "(422: Validation Failed): title missing_field" in desk.refused("track")


def test_a_limit_against_bursts_holds_for_writes_too(desk):
    """GitHub refuses them with 403 or 429 before anything is done, so they are sent again after the time it names."""
    listed, label = (200, [], {}), (200, {}, {})
    for status in (403, 429):
        slow = (status, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "0"})
        desk.hub.next = [listed, listed, label, slow]
        desk.hub.issues.clear()
        assert "Opened" in desk.done("track")
        assert len(desk.hub.issues) == 1


@pytest.mark.parametrize(
    ("message", "headers", "remedy"),
    [
        ("Repository was archived so is read-only.", {}, "Take it out of the archive, or name another one with --repo"),
        ("Resource protected by organization SAML enforcement.", {"X-GitHub-SSO": "required; url=https://x.org/sso"},
         "Authorise the token for the single sign-on of its organisation"),
        ("Resource not accessible by personal access token", {"X-Accepted-GitHub-Permissions": "issues=write"},
         "It needs the permission “Issues: write” (issues=write)."),
    ],
)  # fmt: skip
def test_what_would_allow_it_is_named(desk, message, headers, remedy):
    """A refusal for good has several reasons, and each its own remedy; nothing is tried again."""
    desk.hub.next = [(200, [], {}), (200, [], {}), (200, {}, {}), (403, {"message": message}, headers)]
    assert remedy in desk.refused("track")
    assert len(desk.hub.log) == 4


def test_a_label_that_appears_meanwhile_is_no_fault(desk):
    """Somebody else may have made it between the question and the answer."""
    there = (422, {"message": "Validation Failed", "errors": [{"resource": "Label", "code": "already_exists"}]}, {})
    desk.hub.next = [(200, [], {}), (200, [], {}), (404, {"message": "Not Found"}, {}), there]
    assert "Opened" in desk.done("track")


def test_issues_that_are_switched_off(desk):
    """A repository without issues is said to be one."""
    desk.hub.has_issues = False
    assert "Switch them on in its settings" in desk.refused("track")


def test_a_machine_that_cannot_be_reached(desk):
    """No network is no crash."""
    why = desk.refused("track", GITHUB_API_URL="http://127.0.0.1:9")
    assert "127.0.0.1:9 cannot be reached (" in why


@pytest.mark.parametrize(
    "api", ["http://github.example.org", "ftp://x.org", "https://token@x.org", "https://", "x", "https://x.org/?a=b", "https://["]
)
def test_an_address_that_a_token_must_not_go_to(desk, api):
    """Only HTTPS, or this machine itself, is an address of an API."""
    assert "is no address of an API. Write it as https://api.github.com" in desk.refused("track", "--api", api)
    assert desk.hub.log == []


def test_strange_answers_are_no_crash(desk):
    """Lists and fields of other forms are passed over."""
    odd = [1, None, {}, {"number": "x"}, {"number": 3, "body": None, "labels": None, "user": None, "state": None}]
    desk.hub.next = [(200, odd, {}), (200, {"message": "no list"}, {}), (200, [], {}), (201, [], {})]
    assert "GitHub did not do what was asked (201)" in desk.refused("track")
