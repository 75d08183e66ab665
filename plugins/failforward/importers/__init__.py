"""Turns what already exists into drafts: old post-mortems become reviews, and no word of them is lost.

`adopt(source, causes=…, existing=…, settings=…)` is pure: one text in, one `Adoption` out. `adopt_paths(paths,
target, causes=…, settings=…, dry_run=…)` reads files and folders, writes drafts beside what is there, and gives a
`Report`, which `as_text` and `as_json` render. The causes and settings are those of the playbook the drafts go to:

    report = adopt_paths(paths, target, causes=playbook.causes, settings=playbook.settings, dry_run=True)
    print(as_text(report), end="")
"""

from failforward.importers.adoption import Adoption, Recognised
from failforward.importers.draft import adopt
from failforward.importers.folder import adopt_paths, decoded
from failforward.importers.report import AdoptedFile, Report, as_json, as_text

__all__ = ["AdoptedFile", "Adoption", "Recognised", "Report", "adopt", "adopt_paths", "as_json", "as_text", "decoded"]
