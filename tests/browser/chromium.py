"""Finds a Chromium for the browser tests, or installs one: `python -m tests.browser.chromium`.

In this order: a headless shell that is there, the shell of a Debian system, any Chromium that is
there, Playwright's own download (a shell, too), the whole Chromium of a Debian system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

from tests.browser.driver import CHROMIUM_FLAGS, CHROMIUM_SHELL, find_chromium

PATIENCE = 120  # seconds for one command; without a network, apt-get would try for many minutes
ROOT_RIGHTS = [] if shutil.which("sudo") is None else ["sudo", "--non-interactive"]
APT = [*ROOT_RIGHTS, "apt-get", "--quiet", "--yes", "-o", "Acquire::Retries=0"]


def debian(package: str) -> list[list[str]]:
    """The commands that install a package of a Debian system."""
    return [[*APT, "update"], [*APT, "install", "--no-remove", package]]


PLAYWRIGHT = [[sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]]
WAYS = {"Playwright's download": PLAYWRIGHT, "Debian's package": debian("chromium")}


def version() -> str | None:
    """The version of the browser that the tests will use; None where none starts."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=list(CHROMIUM_FLAGS)
            )
        except Error:
            return None
        found = browser.version
        browser.close()
        return found


def install(commands: list[list[str]]) -> bool:
    """Run the commands one after the other; whether all went well."""
    try:
        for command in commands:
            subprocess.run(command, check=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError):  # also where this system has no apt-get
        return False
    return True


def main() -> int:
    if not os.environ.get("DIGITLAB_CHROMIUM") and not shutil.which(CHROMIUM_SHELL):
        print("No headless shell of Chromium yet. Trying Debian's package.", flush=True)
        install(debian(CHROMIUM_SHELL))
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
