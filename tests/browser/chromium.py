"""Finds a Chromium for the browser tests, or installs one: `python -m tests.browser.chromium`.

In this order: a headless shell that is there, any Chromium that is there, Playwright's own download
(a shell, too), the whole Chromium of a Debian system.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from playwright.sync_api import Error

from tests.browser.driver import new_browser

PATIENCE = 120  # seconds for one command; without a network, apt-get would try for many minutes
ROOT_RIGHTS = [] if shutil.which("sudo") is None else ["sudo", "--non-interactive"]
APT = [*ROOT_RIGHTS, "apt-get", "--quiet", "--yes", "-o", "Acquire::Retries=0"]


WAYS = {
    "Playwright's download": [
        [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    ],
    "Debian's package": [[*APT, "update"], [*APT, "install", "--no-remove", "chromium"]],
}


def version() -> str | None:
    """The version of the browser that the tests will use; None where none starts."""
    try:
        with new_browser() as browser:
            return browser.version
    except Error:
        return None


def install(commands: list[list[str]]) -> bool:
    """Run the commands one after the other; whether all went well."""
    try:
        for command in commands:
            subprocess.run(command, check=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError):  # also where this system has no apt-get
        return False
    return True


def main() -> int:
    found = version()
    for name, commands in WAYS.items():
        if found:
            break
        print(f"No Chromium yet. Trying {name}.", flush=True)
        if install(commands):
            found = version()
    print(f"Browser tests use Chromium {found}." if found else "No Chromium could be installed.")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
