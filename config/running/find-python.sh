#!/bin/sh
# Prints the path of a Python 3.11 or newer, or says what to do and fails.
# PYTHON=/path/to/python chooses one.
for candidate in "$PYTHON" python3 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    found=$(command -v "$candidate" 2>/dev/null) || continue
    if "$found" -c 'import sys; sys.exit(not sys.version_info >= (3, 11))' 2>/dev/null; then
        echo "$found"
        exit 0
    fi
done
cat >&2 <<MESSAGE
Python 3.11 or newer is needed, and none was found on the path.
What was found: $(python3 --version 2>&1 || echo "no python3")

  Debian, Ubuntu   sudo apt install python3 python3-venv
  Fedora           sudo dnf install python3
  macOS            brew install python

If one is installed elsewhere: make $1 PYTHON=/path/to/python3
MESSAGE
exit 1
