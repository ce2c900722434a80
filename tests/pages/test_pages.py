"""Every page in Streamlit's own test harness: it opens, says what it is for, bears bad input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.datasets.mnist import SIZES
from pages.ui import shell
from pages.ui.train import controls
from tests.conftest import ROOT

TIMEOUT = 60  # seconds: the first page has to import torch


@pytest.fixture(autouse=True)
def fresh_server(home):
    """Each test meets a server that has just been started, with an app folder of its own."""
    st.cache_resource.clear()
    yield
    from pages.ui import state

    for job in state.board().jobs():
        job.stop()
        job.wait(20)
    st.cache_resource.clear()


def open_page(name: str, **address: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    if name != "home":
        page.switch_page(str(ROOT / shell.PAGES[name].path))
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


def texts(page: AppTest) -> str:
    """All words on the page."""
    kinds = (page.markdown, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value for kind in kinds for element in kind)


def dropdown(page: AppTest, label: str):
    """The button of a list, whose words begin with `label`."""
    return next(each for each in page.menu_button if each.label.startswith(f"{label}: "))


def take(page: AppTest, label: str, option) -> AppTest:
    """Take this option from the list."""
    return dropdown(page, label).click(option).run()


def html(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("name", shell.PAGES)
def test_every_page_opens_cold_and_says_what_it_is_for(name):
    page = open_page(name)
    assert not page.exception
    assert page.title[0].value == (shell.APP_NAME if name == "home" else shell.PAGES[name].label)
    assert shell.PAGES[name].purpose in texts(page)


@pytest.mark.parametrize("name", shell.PAGES)
def test_an_unknown_run_in_the_address_is_no_catastrophe(name):
    page = open_page(name, run="nothing-here")
    assert not page.exception
    if name == "train":
        assert "no saved run" in texts(page)
        assert page.button(key="start")


@pytest.mark.parametrize("name", shell.PAGES)
@pytest.mark.parametrize("folder", ["unreadable", "too long", "unknown user"])
def test_every_page_opens_where_the_folder_of_the_app_is_of_no_use(monkeypatch, name, folder):
    if folder == "unreadable":

        def refuse(path, *args, **kwargs):
            raise PermissionError(13, "Permission denied", str(path))

        home = Path(os.environ["DIGITLAB_HOME"])
        looks = {"is_file": Path.is_file, "is_dir": Path.is_dir}
        for look, real in looks.items():
            monkeypatch.setattr(
                Path,
                look,
                lambda path, real=real: refuse(path) if home in path.parents else real(path),
            )
    else:
        monkeypatch.setenv("DIGITLAB_HOME", "~nosuchuser/x" if folder[0] == "u" else "x" * 5_000)
    page = open_page(name, run="abcdef-12")
    assert not page.exception


@pytest.mark.parametrize("name", shell.PAGES)
def test_a_wrong_number_of_jobs_is_said_on_every_page_and_the_app_goes_on(monkeypatch, name):
    monkeypatch.setenv("DIGITLAB_MAX_JOBS", "abc")
    page = open_page(name)
    assert not page.exception
    assert "DIGITLAB_MAX_JOBS is 'abc'" in page.error[0].value
    from pages.ui import state

    assert state.board().line.places == 1


def drawn(*paths) -> dict:
    """What the canvas component keeps after these paths were drawn."""
    objects = [{"type": "Path", "path": path, "strokeWidth": 18} for path in paths]
    return {"drawing": {"raw": {"objects": objects}, "data": None}, "backgroundFit": None}


SEVEN = [["M", 60, 60], ["L", 200, 60], ["L", 120, 230]]


@pytest.mark.parametrize("name", ["home", "predict"])
def test_a_drawing_is_read_and_the_reader_is_named(name):
    page = open_page(name)
    page.session_state[f"{name}-0"] = drawn(SEVEN)
    page.run()
    assert not page.exception
    assert 'data-testid="answer">7<' in html(page)
    assert "comes with the app" in texts(page)


BAD_DRAWINGS = {
    "nothing": {"drawing": {"raw": {"objects": []}, "data": None}, "backgroundFit": None},
    "no table": {"drawing": {"raw": "a string", "data": None}, "backgroundFit": None},
    "a dot": drawn([["M", 100, 100], ["L", 100, 100]]),
    "not numbers": drawn([["M", "a", "b"], ["L", None, 3]]),
    "no path": {"drawing": {"raw": {"objects": [{"type": "Path"}]}, "data": None}},
    "infinite": drawn([["M", 1, 1], ["L", float("inf"), 3]]),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_a_drawing_that_cannot_be_read_gets_a_sentence(name):
    page = open_page("predict")
    page.session_state["predict-0"] = BAD_DRAWINGS[name]
    page.run()
    assert not page.exception
    assert "answer" not in html(page)
    assert page.info or page.warning


@pytest.mark.parametrize("name", shell.PAGES)
def test_a_page_can_be_run_by_itself(name):
    path = ROOT / shell.PAGES[name].path
    assert not AppTest.from_file(str(path), default_timeout=TIMEOUT).run().exception


def test_a_hundred_thousand_points_are_read():
    long_seven = [["M", 60, 60]]
    long_seven += [["L", 60 + 140 * i / 50_000, 60] for i in range(50_000)]
    long_seven += [["L", 200 - 80 * i / 50_000, 60 + 170 * i / 50_000] for i in range(50_000)]
    page = open_page("predict")
    page.session_state["predict-0"] = drawn(long_seven)
    page.run()
    assert not page.exception
    assert 'data-testid="answer">7<' in html(page)


def wait_for_end(page: AppTest) -> None:
    from pages.ui import state

    (job,) = state.board().jobs()
    job.wait(60)
    page.run()


def test_without_mnist_the_page_says_why_and_offers_the_built_in_handwriting(monkeypatch):
    from core.datasets import mnist

    monkeypatch.setenv("DIGITLAB_MNIST_MIRROR", "http://127.0.0.1:1")
    monkeypatch.setattr(mnist.import_torchvision().datasets.MNIST, "mirrors", [])
    page = open_page("train")
    page.button(key="start").click().run()
    wait_for_end(page)
    assert not page.exception
    assert "MNIST could not be downloaded" in page.error[0].value
    labels = [button.label for button in page.button]
    assert "Try again" in labels
    assert "Train on the built-in handwriting" in labels


def test_a_run_is_found_again_by_its_address(monkeypatch, generated):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train")
    page.button(key="start").click().run()
    run_id = page.query_params["run"]
    wait_for_end(page)
    assert "test images correctly" in texts(page)
    st.cache_resource.clear()  # as if the server had been started anew
    again = open_page("train", run=run_id)
    assert "test images correctly. They are from MNIST" in texts(again)
    reader = open_page("predict", run=run_id)
    reader.session_state["predict-0"] = drawn(SEVEN)
    reader.run()
    assert "Read by your run" in texts(reader)


def test_a_full_server_says_so(monkeypatch):
    from core.runs import job as jobs

    monkeypatch.setattr(jobs, "OPEN_JOBS", 0)
    page = open_page("train")
    page.button(key="start").click().run()
    assert "Try again in a few minutes" in page.error[0].value


STANDS = """
import sys
import streamlit as st
from streamlit.testing.v1 import AppTest
from pages.ui import shell

def stop_here(*link):  # the page stands: what comes after may take its time
    st.session_state["stands"] = "torch" not in sys.modules
    st.stop()

shell.next_page = stop_here
for page in sys.argv[1:]:
    at = AppTest.from_file(page, default_timeout=60).run()
    assert not at.exception, page
    assert at.session_state["stands"], page
"""


def test_every_page_stands_before_torch_is_imported(home):
    """All that a visitor sees at first, down to the link to the next page."""
    raw = home / "data" / "MNIST" / "raw"  # as if MNIST were at hand
    raw.mkdir(parents=True)
    for name in SIZES:
        (raw / name).touch()
    pages = [str(ROOT / page.path) for page in shell.PAGES.values()]
    command = [sys.executable, "-c", STANDS, *pages]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]


def test_torch_is_not_imported_by_the_shell():
    """Importing torch takes seconds: a page's chrome has to be there before."""
    code = "import pages.ui.shell, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def unfold(page: AppTest, is_open: bool = True) -> AppTest:
    """Open or close the box with all settings, as a click on it does."""
    page.session_state["build"] = is_open
    return page.run()


def test_a_preset_sets_everything_and_the_dataset_stays():
    page = unfold(open_page("train", dataset="generated"))
    take(page, "Network", "no_sevens")
    assert "without 7" in texts(page)
    assert "Built-in handwriting" in texts(page)
    assert page.query_params["exclude_digits"] == "7"
    take(page, "Network", "linear")
    assert "784 → 10" in texts(page)
    assert "without 7" not in texts(page)
    take(page, "Network", "tutorial")
    assert set(page.query_params) == {"dataset"}


def number(page: AppTest, label: str):
    return next(each for each in page.number_input if each.label == label)


def test_the_settings_are_there_only_while_they_are_open_and_closing_loses_nothing():
    page = open_page("train")
    assert not page.number_input
    assert "784 →" not in texts(page)
    unfold(page)
    number(page, "Units in hidden layer 1").set_value(33).run()
    number(page, "Seed: the same number, the same run").set_value(7)
    unfold(page, False)  # with the click that takes the number
    assert "784 → 33 → 50 → 10" in texts(page)
    assert page.query_params["seed"] == "7"
    page.run()
    assert not page.number_input
    unfold(page)
    assert number(page, "Units in hidden layer 1").value == 33
    assert number(page, "Seed: the same number, the same run").value == 7


def test_the_settings_stay_open_though_their_visitor_goes_on_before_they_are_all_there(monkeypatch):
    page = open_page("train")
    monkeypatch.setattr(controls, "_fill", lambda *_: st.stop())  # as a click on a link does
    unfold(page)
    assert not page.number_input
    monkeypatch.undo()
    page.switch_page(str(ROOT / "app.py")).run()
    page.switch_page(str(ROOT / "pages" / "train.py")).run()
    assert number(page, "Units in hidden layer 1").value == 100


def test_the_settings_are_found_as_they_were_left_on_another_page_but_not_after_a_run(
    monkeypatch, generated
):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = unfold(open_page("train", dataset="generated", training_images="1000"))
    page.switch_page(str(ROOT / shell.PAGES["data"].path)).run()
    page.switch_page(str(ROOT / shell.PAGES["train"].path)).run()
    assert number(page, "Seed: the same number, the same run")
    page.button(key="start").click().run()
    wait_for_end(page)
    assert "test images correctly. They are from built-in handwriting" in texts(page)
    assert not page.number_input
    unfold(page)
    assert number(page, "Seed: the same number, the same run")


def test_layers_are_added_and_removed_with_a_click():
    page = unfold(open_page("train"))
    number(page, "Units in hidden layer 2").set_value(7).run()
    add = next(each for each in page.button if each.label == "Add a hidden layer")
    add.click().run()
    assert "784 → 100 → 7 → 50 → 10" in texts(page)
    remove = next(each for each in page.button if each.help.startswith("Remove hidden layer 1"))
    remove.click().run()
    assert "784 → 7 → 50 → 10" in texts(page)
    assert page.query_params["hidden_sizes"] == "7,50"


def test_settings_that_do_not_fit_get_a_sentence_and_the_last_good_ones_stay():
    page = unfold(open_page("train"))
    pills = next(each for each in page.get("button_group") if "Leave out" in each.label)
    pills.set_value(list(range(9))).run()
    assert not page.exception
    assert "at least two have to stay" in page.warning[0].value
    assert "without" not in page.caption[0].value


@pytest.mark.parametrize(
    "query", [{"epochs": "900"}, {"seed": "x"}, {"hidden_sizes": "0"}, {"dataset": "faces"}]
)
def test_a_link_with_a_wrong_value_is_told_and_falls_back(query):
    page = open_page("train", **query)
    assert not page.exception
    ((name, value),) = query.items()
    assert name in page.error[0].value
    assert value in page.error[0].value
    assert set(page.query_params) == set()


def test_a_full_disk_is_told_and_the_run_can_be_saved_again(monkeypatch, generated):
    from core import data

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    with monkeypatch.context() as broken:
        broken.setattr("core.runs.store.tempfile.mkdtemp", full)
        page.button(key="start").click().run()
        wait_for_end(page)
    assert not page.exception
    assert "test images correctly" in texts(page)
    assert "No space left on device" in page.warning[0].value
    next(each for each in page.button if each.label == "Save it again").click().run()
    assert not page.warning


def group(page: AppTest, label: str):
    """A row of buttons of which one is chosen."""
    return next(each for each in page.get("button_group") if each.label == label)


def test_a_test_image_chosen_before_the_run_is_its_probe(monkeypatch, generated):
    from core import data
    from pages.ui import state

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    group(page, "Look closer").set_value("probe").run()
    group(page, "Which digit").set_value("test").run()
    number(page, "Number of the test image, 1 to 10,000").set_value(5).run()
    page.button(key="start").click().run()
    wait_for_end(page)
    assert not page.exception
    (job,) = state.board().jobs()
    answers = job.answers()
    assert (answers.image * 255).round().tolist() == generated.test.images[4].tolist()
    assert answers.iterations.tolist() == list(range(25))
    assert f"Its label says that it is a {generated.test.labels[4]}." in texts(page)
