"""Which files of a playbook everyone may see: what belongs to drafts and private reviews alone stays out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from failforward.disk import MARKDOWN
from failforward.model.playbook import Playbook
from failforward.text.markdown import parse
from failforward.text.source import Source

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|//|#", re.IGNORECASE)
_IN_HTML = re.compile(r"""\b(?:href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# What stands here is shown only when something public links to it; the rest is public by where it stands.
_GUARDED = ("reviews/", "evidence/")
_UNSEEN = ("templates/",)
MADE = ("reviews/", "causes/", "rules/")


def public_files(playbook: Playbook, others: Iterable[Source] = ()) -> Callable[[str], bool]:
    """Give the test that tells of a path which is no page of ours whether the file may be copied to a site.

    A file below `evidence/` or `reviews/` is public when a published review, a cause or one of the `others` (the pages
    people wrote by hand) links to it. A file elsewhere is public unless only unpublished reviews link to it. Settings
    and templates never are; paths are relative to the playbook's root.
    """
    linked = {path for review in playbook.reviews if review.published for path in local_links(review.source)}
    linked |= {path for cause in playbook.causes for path in local_links(cause.source)}
    linked |= {path for source in others for path in local_links(source)}
    drafts = [review.source for review in playbook.reviews if not review.published]
    hidden = {path for source in drafts for path in local_links(source)} - linked

    def public(path: str) -> bool:
        markdown = path.endswith(MARKDOWN)
        if path in ("playbook.yml", "risks.yml") or path.startswith(_UNSEEN) or (markdown and path.startswith(MADE)):
            return False
        if path.startswith(_GUARDED):
            return path in linked
        return markdown or path not in hidden

    return public


def local_links(source: Source) -> Iterator[str]:
    """Give the paths, relative to the playbook's root, that a page's links and images lead to, those in HTML too."""
    targets = [node.detail for node in parse(source.text).find("link", "image")]
    targets += [match[1] or match[2] or match[3] or "" for match in _IN_HTML.finditer(source.text)]
    for target in targets:
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        if path and not _ELSEWHERE.match(target):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path)).lstrip("/")
