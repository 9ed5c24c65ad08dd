#!/bin/sh
# Find a Chromium for the browser tests; install Debian's where we may, else say what to do.
# The headless shell is the same browser without windows, and opens a page in a third of the time: it is worth an installation.
[ -n "$CHROMIUM" ] && [ -x "$CHROMIUM" ] && exit 0
command -v chromium-headless-shell >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests ..." >&2
  apt-get update -qq >&2
  for package in chromium-headless-shell chromium; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null && exit 0
  done
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null && exit 0
done
echo "make: the tests need Chromium or Chrome: install one (Debian: sudo apt-get install chromium-headless-shell), or set CHROMIUM to its path" >&2
exit 1
