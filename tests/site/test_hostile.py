"""A review may hold anything: what it holds is shown and never run."""

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import BuiltPage, Project, Site

pytestmark = pytest.mark.slow

MARK = "pwn3d"
ATTEMPTS = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f"[a](javascript:{MARK}())",
    f"![a](javascript:{MARK}())",
    f"<javascript:{MARK}()>",
    f"</article></main><iframe srcdoc='<script>{MARK}()</script>'></iframe>",
    f"{{{{ {MARK} }}}}{{% raw %}}",
    f"`{MARK}`{{: onclick={MARK}() }}",
    f"text{{: onmouseover={MARK}() }}",
    f"--8<-- {MARK}",
    f"-->{MARK}<!--",
    f"</script><script>{MARK}()</script>",
    f"</textarea></style></title><script>{MARK}()</script>",
]
BODY = "\n\n".join(
    [
        "## In short",
        *ATTEMPTS,
        f"<a href='java&#115;cript:{MARK}()'>a</a>",
        f'<a href="data:text/html,<script>{MARK}()</script>">a</a>',
        f"<div onclick='{MARK}()' style='position:fixed;inset:0'>over all</div>",
        f'<form action="https://example.net/{MARK}"><button formaction="javascript:{MARK}()">b</button></form>',
        f'<meta http-equiv="refresh" content="0;url=javascript:{MARK}()"><base href="https://example.net/{MARK}/">',
        f'<object data="javascript:{MARK}()"></object><embed src="javascript:{MARK}()">',
        f"<math><mtext><table><mglyph><style><img src=x onerror={MARK}()></style></table></math>",
        f"| a | b |\n|---|---|\n| <img src=x onerror={MARK}()> | [x](javascript:{MARK}()) |",
        f"```html\n<script>{MARK}()</script>\n```",
        f"## <img src=x onerror={MARK}()> What we expected",
        f"<details open ontoggle={MARK}()><summary>s</summary></details>",
        f"[x]: javascript:{MARK}()\n\n[x]",
        "## What happened\n\n### Timeline\n",
        f"- **14:05** <script>{MARK}()</script> *(<b onclick={MARK}()>role</b>; assumed: <svg onload={MARK}()>)*",
        f"- **14:20** Decision: x *(role; knew: <b onclick={MARK}()>; options: <img src=x onerror={MARK}()>, y)*",
        f"## Assumptions\n\n- **Did not hold:** <script>{MARK}()</script>",
        f"## What worked\n\n<script>{MARK}()</script>\n",
    ]
)
# Without a status a review is not published, and without moments it stands in no year.
FORMAL = {"status", "started", "detected", "mitigated", "resolved", "debrief", "check_in", "due", "on", "since"}


def poisoned(value: Any, attempt: str, key: str = "") -> Any:
    """Put an attempt into each text of a value."""
    if isinstance(value, dict):
        return {name: poisoned(item, attempt, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, attempt, key) for item in value]
    return value if key in FORMAL or not isinstance(value, str) else f"{value} {attempt}"


def foreign(tag: str, given: dict[str, str]) -> bool:
    """Tell whether a tag fetches, frames or sends something that was put in."""
    if tag in ("link", "meta"):  # those of the theme name the page's own address and title
        return given.get("rel") not in ("canonical", "prev", "next", None) or "http-equiv" in given
    names = ("href", "action", "formaction", "data", "src", "srcdoc", "style")
    kinds = ("base", "form", "button", "object", "embed", "iframe", "script")
    return tag in kinds and any(MARK in given.get(name, "") for name in names)


def alive(page: "BuiltPage") -> list[str]:
    """Give the tags of a page that would run or fetch what was put in."""
    found = []
    for tag, given in page.reader.tags:
        put_in = {name: re.sub(r"[\x00-\x20]", "", value) for name, value in given.items() if MARK in value}
        runs = [name for name in put_in if name.startswith("on") or name == "srcdoc"]
        leads = [value for value in put_in.values() if re.match("(javascript|data|vbscript):", value, re.IGNORECASE)]
        if runs or leads or (put_in and foreign(tag, given)):
            found.append(f"{page.path}: <{tag} {given}>")
    scripts = re.findall(r"<(script|style)\b[^>]*>(.*?)</\1>", page.html, re.DOTALL | re.IGNORECASE)
    return found + [f"{page.path}: {tag} {text[:80]}" for tag, text in scripts if MARK in text]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, new_project: Any, good_fields: dict[str, Any]) -> "Site":
    """Build a playbook whose reviews try to run a script from each field and from the body."""
    project: Project = new_project(tmp_path_factory.mktemp("hostile"))
    project.config["plugins"] = ["search", {"failforward": {"today": "2026-11-20", "check": False}}]
    for number, attempt in enumerate(ATTEMPTS):
        project.review(f"2026-10-{number + 1:02}-attempt", BODY, **poisoned(good_fields, attempt))
    risks = [
        {
            "id": f"r{number} {attempt}", "title": attempt, "owner": attempt, "review_by": "2026-01-01", "summary": attempt,
            "because": attempt, "status": "accepted", "services": [attempt], "causes": [attempt],
        }
        for number, attempt in enumerate(ATTEMPTS)
    ]  # fmt: skip
    project.write("risks.yml", yaml.safe_dump(risks, allow_unicode=True))
    named = [str(risk["id"]) for risk in risks]
    accepted = [{"cause": "untested-path", "because": ATTEMPTS[0], "risk": named[0]}]
    project.review("2026-10-22-risks", BODY, risks=named, accepted=accepted)
    project.review("2026-10-20-body", BODY)
    related = [{"review": "2026-10-20-body", "because": ATTEMPTS[0]}]
    project.review("2026-10-21-related", BODY, related=related)
    return project.build()


def test_a_hostile_playbook_builds(hostile: "Site") -> None:
    """Whatever the reviews hold, the site is built and each of them has its page."""
    assert hostile.code == 0, hostile.log
    assert len([path for path in hostile.pages if re.match(r"reviews/2026-10-\d\d-", path)]) == len(ATTEMPTS) + 3


def test_nothing_in_a_review_is_run(hostile: "Site") -> None:
    """No page of the site, index pages included, has a script, a handler or an address that a review brought along."""
    assert [what for page in hostile.pages.values() for what in alive(page)] == []


def test_what_was_written_is_still_shown(hostile: "Site") -> None:
    """The words are not lost: markup in a field is shown as the text it is."""
    assert f"<script>{MARK}()</script>" in hostile.page("reviews/2026-10-01-attempt/index.html").text


def test_a_page_keeps_its_frame(hostile: "Site") -> None:
    """Markup in a review does not close what the page has opened, nor lie over it."""
    for path, page in hostile.pages.items():
        assert page.html.count("</main>") == 1, path
        assert page.html.count("<article") == page.html.count("</article>"), path
        assert "position:fixed" not in page.html.replace(" ", ""), path
