"""Who is who in a timeline: short names and handles that, right after a time, do what only people do."""

from __future__ import annotations

import re

from failforward.checks.wording.lexicon import lexicon

# A time, perhaps a zone and marks, then one word, then a verb that only people do.
_ROW = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s{0,2}(?:[ap]\.?m\.?\s{0,2})?(?:\(?[A-Z]{2,5}\)?\s{0,2})?[\s\-–—:|*\]>)]{1,12}"
    r"(?!The\b|A\b|An\b|We\b|It\b|They\b|This\b)@?([^\W\d_][\w.-]{1,24})\*{0,2} "
    r"(?:notice[sd]|realise[sd]|realize[sd]|suspect(?:s|ed)|ask(?:s|ed)|ping(?:s|ed)|join(?:s|ed)|say[s]|said|suggest(?:s|ed)"
    r"|investigate[sd]|acknowledge[sd]|wonder(?:s|ed)|begin[s]? (?:to )?(?:look|investigat|debug)|start(?:s|ed) (?:to )?"
    r"(?:look|investigat|debug)|confirm(?:s|ed)|discover(?:s|ed)|observe[sd]|mention(?:s|ed)|post(?:s|ed)|report(?:s|ed)"
    r"|message[sd]|call(?:s|ed)|escalate[sd]|find[s]?|found|look(?:s|ed) (?:at|into)|see[s]|saw|think[s]|thought"
    r"|guess(?:es|ed)|agree[sd]|decide[sd]|propose[sd]|remember(?:s|ed)|roll(?:s|ed) back|deploys|lands|merges|pushes|ships|revert(?:s|ed))\b(?! by\b)"
)
_PROGRAMS = frozenset(
    """pagerduty prometheus grafana nagios sentry datadog zabbix opsgenie pingdom alertmanager monitoring alert alerts
    system service someone somebody everyone team on-call oncall engineer users user customers customer support ci bot
    probe checker dashboard statuspage cloudflare github gitlab slack jenkins travis kubernetes logs nobody first issue
    community sheriffs developer developers autoscaler kubelet helm flux argocd argo terraform ansible puppet chef
    spinnaker pipeline dependabot renovate cron cronjob scheduler operator controller worker node pod deployment deploy
    release build job script team-lead vendor""".split()
)


def aliases(text: str) -> frozenset[str]:
    """Give the words, as written, that stand for persons in a text's timeline."""
    found = {match[1].strip(".-") for match in _ROW.finditer(text)}
    return frozenset(name for name in found if _stands_for_a_person(name, text))


def _stands_for_a_person(name: str, text: str) -> bool:
    """Tell whether a word is no program, no common word (which would also stand in small letters), no abbreviation."""
    small = name.lower()
    if small in _PROGRAMS or small in lexicon("function") or len(name) < 2 or any(letter.isdigit() for letter in name):
        return False
    if name.isupper():
        return len(name) <= 2
    return name == small or re.search(rf"\b{re.escape(small)}\b", text) is None
