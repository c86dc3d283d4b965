"""`make bench`: every benchmark, one after another, each in a process of its own. Method: README.md beside this file.

Words that begin with `--` are handed on: `python -m benchmarks scale --million`.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("understanding", "print", "delivery", "scale")


def main() -> int:
    """Run the named benchmarks, or all; the number of those that failed."""
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    wanted = [word for word in sys.argv[1:] if word not in options] or BENCHMARKS
    failed = 0
    for name in wanted:
        print(f"\n=== {name} ===", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
