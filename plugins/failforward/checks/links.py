"""Do links and evidence lead somewhere, say what they show, and keep secrets out?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from failforward.checks.kind import Scope, kind_of_tests
from failforward.checks.nearest import nearest
from failforward.model.body import Link
from failforward.model.finding import Hit
from failforward.model.review import Review
from failforward.model.rule import Rule
from failforward.text.sections import slug
from failforward.text.source import Span

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
_MADE = re.compile(r"(?:causes|rules|reviews|tags|services|teams|years|experiments|worked|lessons|kinds)(?:/|$)")
_SECRET = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{50,}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    r"|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bglpat-[A-Za-z0-9_-]{20,}|\bAIza[A-Za-z0-9_-]{35}\b"
    r"|\bsk_live_[A-Za-z0-9]{20,}"
    r"|\beyJ[A-Za-z0-9_-]{15,2000}\.eyJ[A-Za-z0-9_-]{15,2000}\.[A-Za-z0-9_-]{10,}"
)
# A text without any of these holds no secret that the pattern knows; looking for them is fast.
_SIGNS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "-----BEGIN ", "glpat-", "AIza",
    "sk_live_", "eyJ",
)  # fmt: skip
_NO_WORDS = re.compile(
    r"(?:image|img|screenshot|picture|photo|graph|diagram)?[\s\d._-]*|[\w-]+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE
)


def local_target(review: Review, link: Link) -> tuple[str, str] | None:
    """Give a relative link's path in the playbook and its anchor; None for a link that leads elsewhere."""
    if _ELSEWHERE.match(link.target) or not link.target:
        return None
    path, _, anchor = link.target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return review.path, anchor
    # A text from standard input is read as if it lay in reviews/.
    folder = "reviews" if review.path == "-" else posixpath.dirname(review.path)
    return posixpath.normpath(posixpath.join(folder, path)), anchor


def exists(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a relative link to a file, review, cause or section that is not there."""
    playbook = scope.playbook
    for link in review.body.links:
        target = local_target(review, link)
        if target is None or (link.image and target[0].startswith("evidence/")) or target[0].startswith("evidence/"):
            continue
        path, anchor = target
        other = playbook.review_by_path.get(path)
        if other is None and path != review.path and not _is_page(path, scope):
            close = nearest(path, (*playbook.review_by_path, *playbook.files), 0.8)
            relative = posixpath.relpath(close, posixpath.dirname(review.path)) if close else ""
            instead = f"Did it mean {relative}?" if close else "Correct the path, or take the link out."
            yield Hit(link.span, {"target": link.target}, instead=instead)
            continue
        there = other or review
        if anchor and there.source.text and not _has_anchor(there, anchor, path == review.path or other):
            yield Hit(link.span, {"target": link.target}, instead="Link to a heading that is there.")


def related(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a related review that is not there, is this one, or has no reason."""
    for index, entry in enumerate(review.related):
        where = review.where("related", index, "review")
        if entry.review == review.id:
            yield Hit(where, {"review": entry.review}, "The review names itself as related", "Name another review.")
        elif entry.review not in scope.playbook.review_by_id:
            close = nearest(entry.review, scope.playbook.review_by_id, 0.6)
            yield Hit(where, {"review": entry.review}, instead=f"Did it mean {close}?" if close else "")
        elif not entry.because:
            message = "The relation to “{review}” has no reason"
            yield Hit(where, {"review": entry.review}, message, "Write because: and what the two have in common.")


def superseded(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a review that supersedes one that is not there."""
    if review.supersedes and review.supersedes != review.id and review.supersedes not in scope.playbook.review_by_id:
        close = nearest(review.supersedes, scope.playbook.review_by_id, 0.6)
        instead = f"Did it mean {close}?" if close else ""
        yield Hit(review.where("supersedes"), {"review": review.supersedes}, instead=instead)


def circle(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out a review that supersedes itself, directly or by way of others."""
    chain = scope.playbook.circles.get(review.path, ())
    if len(chain) == 1:
        message = "The review supersedes itself"
        yield Hit(review.where("supersedes"), {"chain": review.id}, message, "Take supersedes: out.")
    elif chain:
        yield Hit(review.where("supersedes"), {"chain": " → ".join((*chain, chain[0]))})


def evidence(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out evidence that is not in the playbook."""
    for link, path in _evidence(review):
        if path not in scope.playbook.files:
            close = nearest(path, scope.playbook.files, 0.8)
            yield Hit(link.span, {"path": path}, instead=f"Did it mean {close}?" if close else "")


def size(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out evidence that is larger than a page ought to carry."""
    most = scope.playbook.settings.max_evidence_kb
    for link, path in _evidence(review):
        kilobytes = scope.playbook.files.get(path, 0) // 1024
        if kilobytes > most:
            yield Hit(link.span, {"path": path, "size": f"{kilobytes:,}", "most": f"{most:,}"})


def alternative(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out an image without words that say what it shows."""
    for link in review.body.links:
        if link.image and _NO_WORDS.fullmatch(link.text.strip()):
            yield Hit(link.span, {"target": link.target})


def secret(rule: Rule, review: Review, scope: Scope) -> Iterator[Hit]:
    """Point out what has the form of a key or token; the finding does not repeat it."""
    text = review.source.text
    for match in _SECRET.finditer(text) if any(sign in text for sign in _SIGNS) else ():
        yield Hit(Span(match.start(), match.start() + 4), {})


def _evidence(review: Review) -> Iterator[tuple[Link, str]]:
    for link in review.body.links:
        target = local_target(review, link)
        if target and target[0].startswith("evidence/"):
            yield link, target[0]


def _is_page(path: str, scope: Scope) -> bool:
    if path in scope.playbook.files or path.startswith("../"):
        return path in scope.playbook.files
    name = posixpath.basename(path).removesuffix(".md")
    if path.startswith("causes/") and path.endswith(".md"):
        return name in scope.playbook.cause_by_id or name == "index"
    if path.startswith("rules/") and path.endswith(".md"):
        return name in scope.playbook.rule_by_id or name == "index"
    return bool(_MADE.match(path)) and not path.startswith("reviews/")


def _has_anchor(review: Review, anchor: str, readable: object) -> bool:
    if not readable:
        return True
    made = {"timeline", "causes", "experiments", "people", "sources", "related"}
    return anchor in made or anchor in {slug(section.title) for section in review.body.sections}


KIND = kind_of_tests(
    {
        "exists": exists, "related": related, "superseded": superseded, "circle": circle, "evidence": evidence,
        "size": size, "alternative": alternative, "secret": secret,
    }
)  # fmt: skip
