"""What happens when things go wrong: a table of faults, how often each was tried, what came of it.

    python -m tests.benchmarks.faults [--times 20] [--only cut-off|tests]

A server is killed while it trains or saves, or told to end, so many times (tests/cut_off.py). The
other faults are tried by the tests that hold them, which are run here. A thousand page switches
during a run are a command of their own: `python -m tests.benchmarks.switches`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from core.machine.storage import home
from tests.conftest import ROOT
from tests.cut_off import FAULTS, tried

HELD_BY = {  # names of the tests that try each, or of files of nothing else
    "disk full": """
        test_a_disk_that_fills_up_in_the_middle_leaves_nothing
        test_a_full_disk_loses_nothing_and_saving_can_be_tried_again
        test_a_disk_without_room_costs_the_way_back_and_nothing_else
        test_a_full_disk_does_not_stop_it_and_nothing_is_left_there
    """,
    "folder read-only": """
        test_a_folder_that_cannot_be_written_is_told
        test_a_folder_that_cannot_be_written_is_named
        test_where_nothing_can_be_written_it_is_used_from_memory
    """,
    "MNIST damaged after download": """
        test_a_damaged_file_is_replaced
        test_a_good_unpacked_file_helps_where_the_packed_one_is_damaged
    """,
    "a run's files edited by hand": """
        test_damaged_files_are_an_error
        test_a_value_that_cannot_be_is_damage_too
    """,
    "clock set back": "test_a_clock_that_is_set_back_in_a_run_changes_nothing",
    "more runs at once than there are places": """
        test_slow_runs_of_a_large_network_keep_within_the_bound
        test_whatever_is_pressed_nothing_computes_beside_the_one_place
    """,
    "two tabs, another visitor": "test_steering.py",
    "a button of a paused run": """
        test_a_paused_run_shows_every_button_at_once_before_its_thread_has_woken
        test_stop_of_a_paused_job_is_seen_in_every_tab_at_once
        test_a_paused_run_resumes_to_the_losses_it_would_have_had
    """,
    "Stop pressed a hundred times": "test_stop_pressed_a_hundred_times_is_one_stop",
    "impatient clicks": """
        test_impatient_clicks_start_one_run
        test_impatient_clicks_on_start_start_one_run
    """,
    "a click that comes twice": """
        test_what_is_run_by_the_clock_brings_no_click_along
        test_two_visitors_with_the_same_settings_have_a_run_each_and_a_closer_look
    """,
    "a visitor leaves, or is on other pages": """
        test_a_job_that_nobody_looks_at_stands_still_kept_and_goes_on_when_asked
        test_what_is_left_for_too_long_is_cut_off_and_can_be_gone_on_with
        test_a_sign_of_life_of_its_visitor_or_of_a_watcher_keeps_a_run
    """,
    "an exception in a job": "test_an_error_of_our_own_is_told_and_logged",
    "a card (CUDA) that cannot be used, or is full": """
        test_a_graphics_card_that_cannot_be_used_is_told_once_and_the_processor_trains
        test_a_card_that_others_filled_is_not_blamed_on_the_network
    """,
    "a container's share of the cores": "test_cores.py",
    "a user without a home folder": """
        test_a_user_without_a_home_folder_has_one_among_the_temporary_files
    """,
    "a network that opens every connection; a slow first byte": """
        test_a_certificate_of_the_network_itself_is_told_with_two_ways_out
        test_a_late_first_byte_is_waited_for_however_many_addresses_there_are
    """,
    "a first start that asks for an e-mail address": """
        test_the_first_start_on_a_machine_with_a_screen_asks_for_no_email
    """,
    "words from a link shown as Markdown": "test_marked_text.py",
    "a message that names no way out, or one that is none": """
        test_what_would_help_goes_with_what_is_wrong
        test_files_that_are_no_picture_are_refused_in_plain_words
    """,
    "what is handed in, damaged in every way": "test_handed_in.py",
    "a component's script that fails to load": """
        test_without_plotly_the_state_can_be_read_and_the_fetch_is_tried_again
    """,
    "a connection cut": "test_a_lost_connection_comes_back_by_itself_and_finds_the_run_going_on",
    "Back, letters, a page that is translated": """
        test_back_is_a_page_letters_press_no_button_by_mistake_and_a_translator_may_come
    """,
    "a stroke in a corner, a palm, a finger that scrolls": """
        test_a_finger_draws_and_does_not_scroll_and_a_palm_beside_a_pen_draws_nothing
        test_a_stroke_may_begin_in_any_corner_and_keys_alone_get_a_digit_read_and_explained
    """,
    "a browser that keeps nothing, or nonsense": """
        test_a_browser_that_keeps_nothing_is_no_hindrance
        test_nonsense_in_the_browser_is_no_digit_and_what_another_tab_keeps_stays
    """,
}


def places(names: Sequence[str]) -> list[str]:
    """These tests as pytest names them: a file, or a file and a function."""
    texts = {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
        for file in (ROOT / "tests").rglob("test_*.py")
    }
    return [
        file if file.endswith(f"/{name}") else f"{file}::{name}"
        for name in names
        for file, text in texts.items()
        if file.endswith(f"/{name}") or f"def {name}(" in text
    ]


def row(fault: str, times: int, happened: str) -> None:
    """A line of the table."""
    print(f"| {fault} | {times} | {happened} |", flush=True)


def outcomes(tests: list[str]) -> Counter[tuple[str, str]]:
    """Run these tests; how often each (file and function, what came of it) was seen."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        options = ["-q", "-n", "0", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=False,  # what failed is told in the table
        )
        cases = list(ElementTree.parse(report).iter("testcase"))
    found: Counter[tuple[str, str]] = Counter()
    for case in cases:
        file = f"{case.get('classname', '').replace('.', '/')}.py"
        told = [each.tag for each in case if each.tag in ("failure", "error", "skipped")]
        name = case.get("name", "").partition("[")[0]
        found[f"{file}::{name}", told[0] if told else "as it should be"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", choices=("cut-off", "tests"))
    chosen = parser.parse_args()
    print("| fault | times | what happened |\n|---|--:|---|", flush=True)
    for name in FAULTS if chosen.only != "tests" else ():
        happened = tried(name, chosen.times, home())
        row(name, chosen.times, "; ".join(f"{n}: {what}" for what, n in happened.most_common()))
    if chosen.only == "cut-off":
        return
    held_by = {fault: tuple(places(names.split())) for fault, names in HELD_BY.items()}
    seen = outcomes(sorted({each for tests in held_by.values() for each in tests}))
    for fault, tests in held_by.items():
        came: Counter[str] = Counter()
        for (test, what), many in seen.items():
            if test.startswith(tests):
                came[what] += many
        row(fault, came.total(), "; ".join(f"{n}: {what}" for what, n in came.most_common()))


if __name__ == "__main__":
    main()
