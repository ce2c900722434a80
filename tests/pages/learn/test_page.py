"""The Learn page in Streamlit's test harness: every lesson works, guesses count, texts break."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from core import pretrained
from core.background import Task
from core.lessons import comparisons
from core.lessons import digits as lesson_digits
from core.lessons.experiments import EXPERIMENTS
from core.lessons.one_weight import OneWeight
from pages.ui.learn.course import LESSONS, read_lesson
from pages.ui.state import server
from pages.ui.state.address import experiment
from pages.ui.words import text_files
from tests.pages.app import TIMEOUT, choose, html, open_page, press, unfold
from tests.waiting import going, until

RATE = 0.1  # the smallest that lesson 6 offers
MOST_WORDS = 60  # before the thing to touch


@pytest.fixture(autouse=True)
def fresh_server(fresh_server, monkeypatch):
    """A server just started, without MNIST, that takes few digits for its lessons."""
    monkeypatch.setattr(lesson_digits, "TRAINING", 2_600)
    monkeypatch.setattr(lesson_digits, "VALIDATION", 300)
    monkeypatch.setattr(lesson_digits, "TEST", 300)
    for runs, fewer in (("ACTIVATION_RUNS", {"epochs": 2}), ("RATE_RUNS", {"epochs": 1})):
        shorter = {name: run.changed(**fewer) for name, run in getattr(comparisons, runs).items()}
        monkeypatch.setattr(comparisons, runs, shorter)
    monkeypatch.setattr(comparisons, "BATCH_RUNS", {128: comparisons.BATCH_RUNS[128]})
    monkeypatch.setattr(comparisons, "BY_HEART", comparisons.BY_HEART.changed(epochs=5))


def open_lesson(number: int | None = None) -> AppTest:
    return finished(open_page("learn", **({"lesson": str(number)} if number else {})))


def finished(page: AppTest) -> AppTest:
    """The page when all that a lesson measures is measured: a test's page has no clock."""
    for each in going(server.tasks()):
        assert each.wait(TIMEOUT)
    return page.run()  # also where it came to its end just after the page was built


def texts(page: AppTest) -> str:
    kinds = (page.markdown, page.info, page.warning, page.error, page.caption, page.success)
    return " ".join(element.value for kind in kinds for element in kind)


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def shown(page: AppTest, key: str) -> dict:
    """What the component with this key shows."""
    (found,) = [
        each.proto for each in page.get("bidi_component") if each.proto.id.endswith(f"-{key}")
    ]
    return json.loads(found.json)


def words_before(block, key: str, found: list[str]) -> bool:
    """Gather the words outside controls that stand before the container with this key.

    Returns whether that container was met.
    """
    for child in block.children.values():
        if getattr(child.proto, "id", "").endswith(f"-{key}"):
            return True
        if hasattr(child, "children"):
            if words_before(child, key, found):
                return True
        elif child.type in ("markdown", "caption", "header", "title"):
            found += child.value.split()
    return False


@pytest.mark.parametrize("number", range(1, len(LESSONS) + 1))
def test_every_lesson_has_few_words_before_its_thing_and_a_guess_before_its_answer(number):
    page = open_lesson(number)
    assert not page.exception
    assert not page.warning
    lesson = read_lesson(LESSONS[number - 1])
    assert page.header[0].value == f"{number} · {lesson.title}"
    before: list[str] = []
    assert words_before(page.main, "scene-thing", before)
    assert 20 < len(before) <= MOST_WORDS
    assert lesson.text in texts(page)
    assert f"**What will happen?** {lesson.question}" in texts(page)
    assert lesson.answer not in texts(page) and lesson.more not in texts(page)
    said = f"guess-said-{LESSONS[number - 1]}"  # a place that stays, for screen readers
    assert shown(page, said)["words"] == ""
    wrong = next(choice for choice in lesson.choices if choice != lesson.right)
    finished(press(page, wrong))
    assert shown(page, said)["words"].startswith(f"No: {lesson.right}. ")
    assert not page.exception
    assert f"**No: {lesson.right}.** {lesson.answer}" in texts(page)
    assert lesson.more in texts(page)
    assert all(button.disabled for button in page.button if button.label in lesson.choices)


def test_a_right_guess_is_told_so():
    lesson = read_lesson("code")
    assert f"**Yes.** {lesson.answer}" in texts(press(open_lesson(10), lesson.right))


def test_the_picker_names_every_lesson_and_ticks_those_done():
    page = open_lesson(10)
    names = picker(page).options
    assert names == [
        f"{number} {read_lesson(name).short}" for number, name in enumerate(LESSONS, start=1)
    ]
    press(page, read_lesson("code").right)
    assert picker(page).label == "1 of 10 answered"
    assert picker(page).options[-1].endswith("✓")


def picker(page: AppTest):
    return next(each for each in page.get("button_group") if each.label.endswith("answered"))


def test_one_button_leads_on_and_only_an_answer_counts():
    page = open_lesson()
    assert page.header[0].value.startswith("1 ·")
    assert [each.label for each in page.button if each.proto.type == "primary"] == ["Next lesson"]
    press(page, "Next lesson")
    assert page.header[0].value.startswith("2 ·")
    assert page.query_params["lesson"] in ("2", ["2"])
    assert picker(page).label == "0 of 10 answered"


def test_a_lesson_opens_its_experiment_with_one_click():
    page = press(open_lesson(6), read_lesson("gradient").link)
    assert not page.exception
    assert page.title[0].value == "Train"
    for name, value in experiment(EXPERIMENTS["gradient"], 6).items():
        assert page.query_params[name] in (value, [value])


def test_lessons_that_lead_to_train_have_an_experiment_and_no_others():
    leading = {name for name in LESSONS if read_lesson(name).page == "train"}
    assert leading == set(EXPERIMENTS)


def test_the_ball_runs_on_the_activation():
    page = open_lesson(3)
    curve = shown(page, "activation-curve")
    ends = dict(zip(curve["x"], curve["y"], strict=True))
    assert (ends[-2.0], ends[2.5]) == (0, 2.5)
    assert curve["at"] == {"x": 1.5, "y": 1.5}
    choose(page, "Activation", "none")
    curve = shown(page, "activation-curve")
    assert curve["y"] == pytest.approx(curve["x"])


def test_the_cost_shown_is_the_cross_entropy():
    curve = shown(open_lesson(5), "cost-curve")
    assert curve["y"][curve["x"].index(25)] == pytest.approx(1.386, abs=1e-3)


def test_a_step_downhill_lowers_the_loss_that_is_shown():
    page = open_lesson(6)
    before = shown(page, "weight-curve")["at"]["y"]
    press(page, "One step downhill")
    assert not page.exception
    assert shown(page, "weight-curve")["at"]["y"] < before


def test_the_numbers_of_a_step_add_up_as_printed():
    page = open_lesson(6)
    for rate in ("Small (0.1)", "Fitting (1)", "Too large (10)"):
        choose(page, "Learning rate", rate)
        said = html(page).replace("−", "-")
        factor, slope, step = re.search(r"<b>(\S+) × (\S+) = (\S+)</b>", said).groups()
        weight, sign, again, following = re.search(
            r"<b>(\S+) ([-+]) (\S+) = (\S+)</b>", said
        ).groups()
        assert step == again == f"{float(factor) * float(slope):.3f}"
        signed = float(step) if sign == "+" else -float(step)
        assert following == f"{float(weight) + signed:.3f}"
        press(page, "One step downhill")


def test_one_step_of_the_loop_is_exactly_one():
    page = open_lesson(8)
    assert "loss 1: " not in html(page)
    assert "<b>0</b>steps taken" in html(page)
    assert html(page).count("<figure>") == 8 and "<figure></figure>" not in html(page)
    assert html(page).count("<span>?</span>") == 10
    for batch in (1, 2):
        blue = [each.label for each in page.button if each.proto.type == "primary"]
        assert blue == ["Run exactly one step" if batch == 1 else "Next lesson"]
        press(page, "Run exactly one step")
        assert not page.exception
        assert f"loss {batch}: " in html(page)
        assert f"<b>{batch}</b>step" in html(page)
        assert "<span>?</span>" not in html(page)
    press(page, "From the beginning")
    assert "loss 1: " not in html(page)


def test_steps_that_the_server_has_forgotten_are_begun_anew():
    page = open_lesson(8)
    press(page, "Run exactly one step")
    for other in range(60):  # things of other visitors
        server.kept().keep(("other", other), other)
    assert "loss 1: " not in html(page.run())
    press(page, "Run exactly one step")
    assert not page.exception
    assert "loss 1: " in html(page)


def test_a_unit_that_is_chosen_is_the_one_that_is_shown():
    page = open_lesson(2)
    page.session_state["visit"].learn.unit = (2, 7)
    page.run()
    assert not page.exception
    drawn = shown(page, "network-map")
    assert drawn["name"] == "The tutorial network"
    assert drawn["chosen"] == [3, 7]
    said = re.sub("<.*?>", " ", html(page)).replace("−", "-")
    adds, takes, sign, bias, total = re.search(
        r"Answer 7 +(\S+) .*?- (\S+) .*?([-+]) (\S+) .*?= (\S+) ", said
    ).groups()
    signed = float(bias) if sign == "+" else -float(bias)
    assert total == f"{float(adds) - float(takes) + signed:.2f}"


def test_units_are_counted_from_one_and_answers_are_their_digits():
    page = open_lesson(2)
    for unit, name in {
        (0, 0): "Hidden layer 1, unit 1",
        (1, 49): "Hidden layer 2, unit 50",
        (2, 0): "Answer 0",
    }.items():
        page.session_state["visit"].learn.unit = unit
        assert f">{name}<" in html(page.run())


def test_a_digit_lights_the_layers_one_after_the_other():
    page = open_lesson(4)
    lit = []
    for step in ("picture", "hidden 1", "hidden 2", "scores", "shares"):
        choose(page, "Step", step)
        assert not page.exception
        drawn = shown(page, "forward-map")
        lit.append(drawn["lit"])
        answers = [words[:1] for words in drawn["layers"][-1]["words"]]
        assert "".join(answers) == "0123456789"  # named before they are known
    assert lit == [1, 2, 3, 4, 4]
    drawn = shown(page, "forward-map")["layers"][-1]
    assert drawn["words"][drawn["best"]].startswith(f"{drawn['best']}: ")
    assert all("%" in words for words in drawn["words"])
    for following in (1, 2):  # after the last step, the first
        press(page, "Next step")
        assert shown(page, "forward-map")["lit"] == following


def test_a_third_hidden_layer_changes_the_list_of_layers_only():
    page = choose(open_lesson(10), "Hidden layers", "100-50-25")
    changed = re.findall(r'<div class="changed"><code>\s*(\S+?)\(', html(page))
    assert changed == ["nn.Linear", "nn.ReLU", "nn.Linear"]
    assert "**3** of" in texts(page)


def test_the_runs_of_a_lesson_are_made_once(monkeypatch):
    page = open_lesson(9)
    monkeypatch.setattr(comparisons, "short_runs", None)  # would fail if it were called
    page.run()
    assert not page.exception
    assert not open_lesson(9).exception


def test_what_a_lesson_measures_can_be_stopped_and_begun_again(monkeypatch):
    begun = threading.Event()

    def slow(digits, configs, on_share):
        begun.set()
        while True:
            time.sleep(0.01)
            on_share(0.25)

    with monkeypatch.context() as patch:
        patch.setattr(comparisons, "short_runs", slow)
        page = open_page("learn", lesson="9")
        assert begun.wait(TIMEOUT)
        page.run()
        assert not page.exception
        press(page, "Stop")
        finished(page)
    assert not page.exception
    press(page, "Measure")
    finished(page)
    assert not page.exception
    assert "It read **" in texts(page)
    assert "Stop" not in buttons(page)


def test_what_waits_in_line_says_so_and_can_be_stopped(monkeypatch):
    monkeypatch.setenv("DIGITLAB_MAX_JOBS", "1")
    open_lesson(10)  # torch and the page are there
    release = threading.Event()
    long_work = Task(lambda task: release.wait(TIMEOUT), server.queue()).start()
    try:
        page = open_page("learn", lesson="9")
        (waiting,) = going(server.tasks())
        until(lambda: waiting.place_in_line == 1)
        page.run()
        assert any("Waiting for a free place" in bar.proto.text for bar in page.get("progress"))
        press(page, "Stop")
        assert waiting.wait(1)
        assert waiting.stopped
        assert "Measure" in buttons(page.run())
    finally:
        release.set()
        long_work.wait(TIMEOUT)


def test_a_damaged_network_gives_a_message_and_leaves_the_lesson(monkeypatch):
    def fail(name: str):
        raise pretrained.PretrainedError("The network is damaged.")

    monkeypatch.setattr(pretrained, "load", fail)
    page = open_lesson(2)
    assert not page.exception
    assert page.warning[0].value == "The network is damaged."
    assert read_lesson("network").question in texts(page)


def open_words() -> AppTest:
    """The last lesson with the box of all words open, as after a click on it."""
    return unfold(open_lesson(10), "All words explained")


def test_the_words_explained_can_be_searched():
    page = open_words()
    assert "**PyTorch**" in texts(page) and "**overfitting**" not in texts(page)  # of this lesson
    choose(page, "Words", "O")
    assert "**overfitting**" in texts(page) and "**PyTorch**" not in texts(page)
    page.text_input[0].set_value("overfit").run()
    assert "**overfitting**" in texts(page)
    assert "**seed**" not in texts(page)
    page.text_input[0].set_value("zebra").run()
    assert "No word here" in texts(page)


@pytest.fixture
def text_folder(tmp_path, monkeypatch):
    """A copy of the texts that a test may spoil."""
    folder = tmp_path / "text"
    shutil.copytree(text_files.TEXT, folder)
    monkeypatch.setattr(text_files, "TEXT", folder)
    return folder


SPOILED = {
    "broken": ('title = "no end', "lessons/tensors.toml is not valid TOML"),
    "without choices": ('title = "A"\ntext = "B"', 'has no two or three "choices"'),
    "without a text": ('title = "A"\nchoices = ["B", "C"]', 'has no text for "short"'),
    "no right choice": ('right = "0"', "is none of its choices"),
    "not text": (b"\xff\xfe\x00", "lessons/tensors.toml cannot be read"),
    "an unknown page": ("page", "“nowhere” is no page"),
}


def test_a_missing_text_gives_a_message_and_the_other_lessons_stay(text_folder):
    (text_folder / "lessons" / "tensors.toml").unlink()
    page = open_lesson(1)
    assert not page.exception
    assert "lessons/tensors.toml is missing" in page.warning[0].value
    assert not open_lesson(10).warning


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_text_says_what_is_wrong(text_folder, name):
    content, complaint = SPOILED[name]
    file = text_folder / "lessons" / "tensors.toml"
    good = file.read_text(encoding="utf-8")
    if content == "page":
        file.write_text(good.replace('page = "data"', 'page = "nowhere"'), encoding="utf-8")
    elif content == 'right = "0"':
        file.write_text(good.replace(content, 'right = "1"'), encoding="utf-8")
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(text_files.TextError, match=re.escape(complaint)):
        read_lesson("tensors")


def test_a_missing_glossary_gives_a_message(text_folder):
    (text_folder / "glossary.toml").unlink()
    page = open_words()
    assert "glossary.toml is missing" in page.warning[0].value


def test_a_lesson_that_there_is_not_opens_the_first():
    page = open_page("learn", lesson="abc")
    for asked in ("11", "99", "0", "-1", "3.0", "²", "9" * 5_000):
        assert not page.exception
        assert page.header[0].value.startswith("1 · ")
        page.query_params["lesson"] = asked
        page.run()
    assert page.header[0].value.startswith("1 · ")


def test_small_steps_still_lead_on():
    page = open_lesson(6)
    weight = OneWeight(server.lesson_digits())
    value = flat_place(weight)
    page.session_state["visit"].learn.weight = (1, value)
    choose(page, "Learning rate", "Small (0.1)")
    for _ in range(5):
        at = shown(page, "weight-curve")["at"]
        assert at == {"x": value, "y": weight.loss_at(value)}
        following = weight.step(value, RATE)
        assert 0 < abs(following - value) < 0.005  # half of what lies between two marks
        value = following
        press(page, "One step downhill")
        assert not page.exception


def flat_place(weight: OneWeight) -> float:
    """A mark of the slider where steps are small, but change the slope in what is shown of it."""
    low, high = (round(100 * end) for end in weight.reach)
    marks = [mark / 100 for mark in range(low, high + 1)]
    return next(mark for mark in marks if 0.025 < abs(weight.slope_at(mark)) < 0.045)


def test_the_squares_are_the_numbers_of_the_digit():
    page = open_lesson(1)
    values = shown(page, "pixel-squares")["values"]
    assert [len(row) for row in values] == [28] * 28
    assert min(map(min, values)) == 0 and max(map(max, values)) > 200
