#!/bin/sh
# Find a Chromium for the browser tests; install Debian's where we may, else say what to do.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null && exit 0
done
[ -n "$CHROMIUM" ] && [ -x "$CHROMIUM" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests ..." >&2
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "make: the tests need Chromium or Chrome: install one (Debian: sudo apt-get install chromium), or set CHROMIUM to its path" >&2
exit 1
