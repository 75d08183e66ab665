"""Compiles what is dearest in the wording check, where a compiler is at hand; all of it works without."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGES = "plugins"
# One build serves this Python and all later ones.
SINCE = "cp311"


class Compile(BuildHookInterface[Any]):
    """Puts compiled modules beside their sources, and into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each C file below the package; a wheel without them is for every machine."""
        root = Path(self.root)
        sources = sorted((root / PACKAGES).rglob("*.c"))
        # Without its lock, Python has no stable interface yet.
        if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
            return
        made = compiled(root, sources)
        if len(made) < len(sources):
            self.app.display_warning("Without a C compiler, checks of wording take twice as long.")
            return
        build_data["artifacts"] += [f"/{path.relative_to(root).as_posix()}" for path in made]
        build_data["pure_python"] = False
        build_data["tag"] = f"{SINCE}-abi3-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def compiled(root: Path, sources: list[Path]) -> list[Path]:
    """Compile modules, put them beside their sources, and give those for which it worked."""
    from setuptools import Distribution, Extension

    names = [".".join(path.relative_to(root / PACKAGES).with_suffix("").parts) for path in sources]
    # Optional: of what cannot be compiled is only told.
    extensions = [
        Extension(name, [str(path)], py_limited_api=True, optional=True)
        for name, path in zip(names, sources, strict=True)
    ]
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    with TemporaryDirectory() as folder:
        command.build_lib = command.build_temp = folder
        command.ensure_finalized()
        command.run()
        built = [Path(command.get_ext_fullpath(name)) for name in names]
        places = [path.with_name(file.name) for file, path in zip(built, sources, strict=True)]
        return [place for file, place in zip(built, places, strict=True) if placed(file, place)]


def placed(file: Path, place: Path) -> bool:
    """Put a file where it belongs, at once, as somebody may be using the earlier one; an old one never stays."""
    if not file.exists():
        place.unlink(missing_ok=True)
        return False
    beside = place.with_name(f".{place.name}.new")
    shutil.copy(file, beside)
    beside.replace(place)
    return True
