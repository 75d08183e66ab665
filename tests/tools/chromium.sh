#!/usr/bin/env bash
# Finds a Chromium for the browser tests; installs Debian's where that is allowed. Never fails:
# without a browser those tests say that they were skipped.
set -uo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests"
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq </dev/null >/dev/null && apt-get install -y -qq --no-install-recommends chromium </dev/null >/dev/null; then
    exit 0
  fi
fi
echo "No Chromium: the browser tests are skipped (install the package chromium to run them)"
