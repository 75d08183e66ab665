"""A REST service over HTTP: bounded in time and size, and the token goes to this one host and nowhere else."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, UnknownHandler

from failforward import __version__
from failforward.errors import TrackerError
from failforward.reports.run import visible

_TIMEOUT = 30
_MOST_BYTES = 50_000_000
_MOST_PAGES = 1000
_MOST_REDIRECTS = 3
_ATTEMPTS = 4
# Nobody waits longer than this for a limit to pass: the message says when to come back.
_LONGEST_WAIT = 60
# A write may have been done although its answer was lost, so only what was surely not done is sent again.
_AGAIN = {"GET": (429, 502, 503, 504), "POST": (429, 503), "PATCH": (429, 502, 503, 504)}
_NEXT = re.compile(r"<([^<>]*)>\s*;[^,]*\brel=\"?next\b")


@dataclass(frozen=True)
class Answer:
    """What the service said: status, headers, and the JSON as values (None where there is none)."""

    status: int
    headers: Message = field(repr=False)
    value: Any = None

    @property
    def ok(self) -> bool:
        """Tell whether it did what was asked."""
        return 200 <= self.status < 300

    @property
    def limited(self) -> bool:
        """Tell whether it refused because of too many requests, and not for good."""
        used_up = self.headers.get("x-ratelimit-remaining") == "0" or "retry-after" in self.headers
        return self.status == 429 or (self.status == 403 and (used_up or "rate limit" in self.message.lower()))

    @property
    def message(self) -> str:
        """Give what the service says of itself, on one line."""
        said = self.value.get("message", "") if isinstance(self.value, dict) else ""
        return " ".join(visible(str(said)).split())[:200]

    @property
    def wait(self) -> float | None:
        """Give after how many seconds to come back, None where the service does not say."""
        for name, now in (("retry-after", 0.0), ("x-ratelimit-reset", time.time())):
            said = self.headers.get(name, "")
            if said.isdecimal() and len(said) < 12:
                return max(0.0, int(said) - now)
        return None


@dataclass
class Connection:
    """A REST service at an address. `token` may be empty; `pause` are the seconds between two writes."""

    base: str
    token: str = field(default="", repr=False)
    pause: float = 1.0
    _written: float = field(default=-math.inf, repr=False)

    @property
    def host(self) -> str:
        """Give the host for messages."""
        return urlsplit(self.base).netloc

    def call(self, method: str, path: str, sent: Mapping[str, Any] | None = None, **query: str) -> Answer:
        """Send a request and give the answer, whatever its status; what is said to pass soon is waited for.

        Raises TrackerError where the service cannot be reached, answers with no JSON, or leads elsewhere.
        """
        address = self.base + path + (f"?{urlencode(query)}" if query else "")
        if method != "GET":
            time.sleep(max(0.0, self._written + self.pause - time.monotonic()))
        answer = self._called(method, address, sent)
        for attempt in range(1, _ATTEMPTS):
            wait = answer.wait if answer.wait is not None else 60 if answer.limited else 2.0 ** (attempt - 1)
            again = answer.limited or answer.status in _AGAIN[method]
            if not again or wait > _LONGEST_WAIT:
                break
            time.sleep(wait)
            answer = self._called(method, address, sent)
        if method != "GET":
            self._written = time.monotonic()
        return answer

    def pages(self, path: str, **query: str) -> Iterator[Answer]:
        """Give the pages of a list, following the links to the next one; a refusal is given, and ends them."""
        answer = self.call("GET", path, None, **query)
        for _ in range(_MOST_PAGES):
            yield answer
            following = _NEXT.search(answer.headers.get("link", "")) if answer.ok else None
            if following is None:
                return
            address = self._within(self.base, following[1])
            answer = self.call("GET", address.removeprefix(self.base))
        raise TrackerError(f"{self.host} lists more than {_MOST_PAGES} pages", remedy="Give the issues a label.")

    def _called(self, method: str, address: str, sent: Mapping[str, Any] | None) -> Answer:
        """Send a request, and follow where the service has moved something on the same host."""
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._sent(method, address, sent)
            kept = answer.status in (307, 308) or (answer.status in (301, 302) and method == "GET")
            if not kept or not answer.headers.get("location"):
                return answer
            address = self._within(address, answer.headers["location"])
        raise TrackerError(f"{self.host} leads round in circles", remedy="Look whether --api is its address.")

    def _within(self, here: str, link: str) -> str:
        """Give where a link leads on this service; raises TrackerError for elsewhere, which must not see the token."""
        try:
            address = urljoin(here, link)
            where = urlsplit(address).netloc
        except ValueError:
            address = where = ""
        if not address.startswith(self.base + "/"):
            where = visible(where)[:100] or "something that is no address"
            remedy = "The token is sent to that host only if --api names it."
            raise TrackerError(f"{self.host} leads to {where}, which is not followed", remedy=remedy)
        return address

    def _sent(self, method: str, address: str, sent: Mapping[str, Any] | None) -> Answer:
        request = Request(address, method=method, headers={  # noqa: S310 - the form of the address was looked at
            "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28",
            "User-Agent": f"failforward/{__version__}",
        })  # fmt: skip
        if sent is not None:
            request.data = json.dumps(sent).encode()
            request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            with _opener().open(request, timeout=_TIMEOUT) as response:
                status, headers, data = response.status, response.headers, response.read(_MOST_BYTES + 1)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            words = " ".join(visible(str(reason) or type(reason).__name__).split())[:200]
            remedy = "Look whether this machine reaches it, and whether --api is its address."
            raise TrackerError(f"{self.host} cannot be reached ({words})", remedy=remedy) from error
        return Answer(status, headers, self._read(status, data))

    def _read(self, status: int, data: bytes) -> Any:
        """Give the JSON of an answer; a failure may well be without any."""
        try:
            return json.loads(data) if data.strip() and len(data) <= _MOST_BYTES else None
        except (ValueError, RecursionError) as error:
            if not 200 <= status < 300:
                return None
            remedy = "Look whether --api is the address of the API."
            raise TrackerError(f"{self.host} answers with something that is no JSON", remedy=remedy) from error


def _opener() -> OpenerDirector:
    """Give what opens addresses: HTTP only, no redirect is followed by itself, and no status is an exception."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, UnknownHandler, HTTPHandler, HTTPSHandler):
        opener.add_handler(handler())
    return opener
