"""Python in a process of its own, in which nothing is imported yet."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def fresh_python(*arguments: str, **environment: str) -> list[str]:
    """Run `python` with these arguments where the project lies; the lines that it wrote.

    environment: variables beside those of this process. AssertionError, with the end of what was
    said, where it did not end well.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3_000:]
    return done.stdout.splitlines()
