#!/bin/sh
# Everything `make test` checks. PYTHON is the interpreter with requirements-dev.txt installed.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
# The tests start the bot as a process many times: each would compile all of it again.
unset PYTHONDONTWRITEBYTECODE

# A browser for the page's tests: the system's own, else Debian's when this may be installed, else Playwright's.
if ! "$PYTHON" -m tests.browser.find_browser >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        (apt-get update -qq && apt-get install -y -qq chromium) >/dev/null 2>&1 || true
    fi
    "$PYTHON" -m tests.browser.find_browser >/dev/null 2>&1 || "$PYTHON" -m playwright install chromium || true
fi

"$PYTHON" -m ruff format --check .
"$PYTHON" -m ruff check .
"$PYTHON" -m mypy .
exec "$PYTHON" -m pytest -n 2 --dist loadgroup "$@"
