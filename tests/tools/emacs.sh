#!/usr/bin/env bash
# Finds an Emacs for the tests of its recipes; installs Debian's, with Eglot and the mode for Markdown, where that is
# allowed. Never fails: without Emacs those tests say that they were skipped.
set -uo pipefail

if command -v emacs >/dev/null; then
  exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Emacs for the tests of its recipes"
  export DEBIAN_FRONTEND=noninteractive
  wanted=(emacs-nox elpa-markdown-mode)
  if apt-get update -qq </dev/null >/dev/null; then
    # Part of Emacs since version 29, and no longer a package of its own there.
    if [ -n "$(apt-cache madison elpa-eglot 2>/dev/null)" ]; then
      wanted+=(elpa-eglot)
    fi
    if apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null >/dev/null 2>&1; then
      exit 0
    fi
  fi
fi
echo "No Emacs: the tests of its recipes are skipped (install the packages emacs-nox and elpa-markdown-mode to run them)"
