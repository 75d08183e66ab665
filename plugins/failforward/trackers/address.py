"""Where a tracker is: the API's address, the web address that belongs to it, the repository."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from failforward.errors import ArgumentError
from failforward.reports.run import visible

GITHUB = "https://api.github.com"
_HERE = ("localhost", "127.0.0.1", "::1")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
_REMOTES = (
    re.compile(r"(?:https?|ssh|git)://(?:[^@/\s]+@)?(?P<host>[^/:\s]+)(?::\d+)?/(?P<name>[^\s]+?)(?:\.git)?/?"),
    re.compile(r"(?:[^@/\s:]+@)?(?P<host>[^/:\s]+):(?P<name>[^\s]+?)(?:\.git)?/?"),
)
_ISSUE = re.compile(r"/([^/\s]+/[^/\s]+)/issues/([0-9]{1,15})/?")


def api_address(given: str) -> str:
    """Give the API's address without a slash at its end; raises ArgumentError for one that a token must not go to."""
    try:
        parts = urlsplit(given.strip())
        plain = parts.scheme == "http" and parts.hostname in _HERE
        usable = bool(parts.hostname) and parts.port != 0 and (plain or parts.scheme == "https")
        usable = usable and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        usable = False
    if not usable or not given.strip().isprintable():
        remedy = "Write it as https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise."
        raise ArgumentError(f"“{visible(given)[:100]}” is no address of an API", remedy=remedy)
    return given.strip().rstrip("/")


def web_address(api: str) -> str:
    """Give where people see what an API serves: github.com for api.github.com, the host itself for Enterprise."""
    parts = urlsplit(api)
    hosted = parts.netloc.removeprefix("api.")
    cloud = hosted if hosted in ("github.com",) or hosted.endswith(".ghe.com") else parts.netloc
    return f"{parts.scheme}://{cloud}"


def repository_name(given: str) -> str:
    """Give owner/name as given; raises ArgumentError for anything else."""
    name = given.strip()
    if not _NAME.fullmatch(name):
        raise ArgumentError(f"“{visible(name)[:100]}” is no repository", remedy="Write it as owner/name.")
    return name


def repository_of_remote(remote: str, web: str) -> str:
    """Give owner/name of a git remote's address, nothing where it lies on another host than `web`."""
    for form in _REMOTES:
        match = form.fullmatch(remote.strip())
        if match and match["host"].lower() == (urlsplit(web).hostname or "") and _NAME.fullmatch(match["name"]):
            return match["name"]
    return ""


def issue_of(link: str, web: str) -> tuple[str, int] | None:
    """Give the repository and the number of the issue that a link leads to, None where it is none of this host."""
    try:
        parts, home = urlsplit(link.strip()), urlsplit(web)
    except ValueError:
        return None
    match = _ISSUE.fullmatch(parts.path)
    if (parts.scheme, parts.netloc.lower()) != (home.scheme, home.netloc.lower()) or not match:
        return None
    sound = _NAME.fullmatch(match[1]) and not match[1].endswith(("/.", "/.."))
    return (match[1], int(match[2])) if sound else None


def file_address(source: str, path: str, line: int) -> str:
    """Give where people see a line of a file; `source` is the repository's web address."""
    shown = quote(path, errors="surrogatepass")
    return f"{source.rstrip('/')}/blob/HEAD/{shown}?plain=1#L{line}"
