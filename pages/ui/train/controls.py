"""Forms and pickers: what to train, and the buttons of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import (
    ACTIVATIONS,
    ARCHITECTURES,
    CLASSES,
    DATASETS,
    LIMITS,
    OPTIMIZERS,
    PRESETS,
    SCHEDULES,
    Choice,
    ConfigError,
    TrainingConfig,
)
from pages.ui import state
from pages.ui.train.copy_link import copy_link
from pages.ui.train.network_drawing import network_html
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import duration, percent, sentence

if TYPE_CHECKING:
    from core.runs.job import JobSnapshot, TrainingJob

SPEEDS: dict[str, float | None] = {  # batches a second; None: no limit
    "1 batch a second": 1,
    "5 batches a second": 5,
    "20 batches a second": 20,
    "100 batches a second": 100,
    "as fast as it goes": None,
}
RATES = [float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5)] + [10.0]
BATCHES = [2**power for power in range(13)]
AMOUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, None]
NEW_LAYER = 50  # units
BUILD = "build"  # the key of the box with all settings
OWN = "own"  # stands in the list of presets for settings that are none of them


def training_settings(left: DeltaGenerator, right: DeltaGenerator) -> TrainingConfig:
    """The settings for the next run: preset on the left, dataset on the right; `build_your_own` has
    all the others.
    """
    config = state.settings()
    with left:
        _preset_picker(config)
    with right:
        config = config.changed(dataset=_one_of("dataset", "Learn from", DATASETS, config))
        st.caption(sentence(DATASETS[config.dataset].description))
    state.keep_settings(config)
    return config


def build_your_own(config: TrainingConfig) -> DeltaGenerator | None:
    """Every setting one by one, and beside them what the network looks like; filled while open.

    Two dozen widgets make the page slow to appear, and most visitors start with a preset. Returns
    the place for what it costs (`show_cost`); None while it is closed.
    """
    if not state.widget_exists(BUILD):  # back on the page: as the visitor left it
        state.keep("build-at-first", state.recall("build-open", False))
    box = st.expander(
        "Build your own network",
        state.recall("build-at-first", False),
        key=BUILD,
        on_change="rerun",
    )
    # In the run that closes it, a number typed just before has yet to be read. And a visitor may go
    # on, or close it again, before it is full: that it was opened is kept before it is filled.
    filled = box.open or state.recall("build-open", False)
    state.keep("build-open", filled)
    if preset_of(config) == OWN:  # a preset's name says enough at first
        st.caption(describe(config))
    elif filled:
        box.caption(describe(config))
    cost = _fill(box, config) if filled else None
    state.keep("build-open", box.open)
    return cost if box.open else None


def _fill(box: DeltaGenerator, config: TrainingConfig) -> DeltaGenerator:
    """The settings and the picture. Keeps what was changed and runs the page again with it."""
    with box:
        form, picture = st.columns([5, 6], gap="large")
        with form:
            try:
                changed = _everything(config)
            except ConfigError as problem:
                st.warning(str(problem), icon=":material/warning:")
                changed = config
        with picture:
            st.html(network_html(config))
            cost = st.container()
            copy_link()
    if changed != config:  # what stands above was made for the settings as they were
        state.keep_settings(changed)
        st.rerun()
    return cost


def _key(name: str) -> str:
    """Widgets get new keys when all settings change at once: then they show the new values."""
    return f"set-{name}-{state.recall('settings-number', 0)}"


def use_settings(config: TrainingConfig) -> None:
    """Set the whole form, from the next run of the script on."""
    state.keep_settings(config)
    state.keep("settings-number", state.recall("settings-number", 0) + 1)


def _preset_picker(config: TrainingConfig) -> None:
    current = preset_of(config)
    names = [*PRESETS, OWN] if current == OWN else list(PRESETS)

    def choose(name: str) -> None:
        if name in PRESETS:
            use_settings(PRESETS[name].config.changed(dataset=state.settings().dataset))

    dropdown(
        "Network",
        names,
        current,
        choose,
        "preset",
        format_func=lambda name: (
            f"{PRESETS[name].label}. {PRESETS[name].description}"
            if name in PRESETS
            else "Your own settings"
        ),
    )


def _one_of(name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig) -> str:
    """A row of buttons for a setting with few choices."""
    return st.segmented_control(
        label,
        list(table),
        format_func=lambda each: table[each].label,
        default=getattr(config, name),
        required=True,
        key=_key(name),
        help=f"{tip(name) or ''} "
        + " ".join(f"**{each.label}**: {each.description}." for each in table.values()),
    )


def _from_list(name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig) -> str:
    """A list for a setting with more choices."""

    def choose(taken: str) -> None:
        state.keep_settings(state.settings().changed(**{name: taken}))

    chosen = getattr(config, name)
    dropdown(
        label,
        list(table),
        chosen,
        choose,
        _key(name),
        format_func=lambda each: f"{table[each].label}: {table[each].description}",
        term=label.split(" over ")[0].lower(),
    )
    return chosen


def _everything(config: TrainingConfig) -> TrainingConfig:
    """All settings but the dataset, in groups. Raises ConfigError when they do not fit together."""
    st.markdown("**The network**")
    architecture = _one_of("architecture", "Kind", ARCHITECTURES, config)
    hidden_sizes = _layers(config)
    activation = _from_list("activation", "Activation", ACTIVATIONS, config)
    dropout = st.slider(
        "Dropout: share of units switched off at random",
        float(LIMITS["dropout"].low),
        LIMITS["dropout"].high,
        float(config.dropout),
        0.05,
        key=_key("dropout"),
        help=tip("dropout"),
    )
    st.markdown("**How it learns**")
    optimizer = _from_list("optimizer", "Optimiser", OPTIMIZERS, config)
    learning_rate = _steps("learning_rate", "Learning rate: how large a step", RATES, config)
    schedule = _from_list("schedule", "Learning rate over time", SCHEDULES, config)
    batch_size = _steps("batch_size", "Batch size: images for each step", BATCHES, config)
    left, right = st.columns(2)
    epochs = left.number_input(
        "Epochs: times through all images",
        int(LIMITS["epochs"].low),
        int(LIMITS["epochs"].high),
        config.epochs,
        key=_key("epochs"),
        help=f"{tip('epoch') or ''} At most {LIMITS['epochs'].high:g}, so that everybody gets a "
        "turn on this server.",
    )
    seed = right.number_input(
        "Seed: the same number, the same run",
        int(LIMITS["seed"].low),
        int(LIMITS["seed"].high),
        config.seed,
        key=_key("seed"),
        help=tip("seed"),
    )
    st.markdown("**What it learns from**")
    images = _steps("training_images", "Training images", AMOUNTS, config)
    excluded = st.pills(
        "Leave out these digits",
        range(CLASSES),
        wrap=True,
        selection_mode="multi",
        default=config.exclude_digits,
        key=_key("exclude_digits"),
    )
    noise = st.slider(
        "Share of labels made wrong",
        0.0,
        1.0,
        float(config.label_noise),
        0.01,
        key=_key("noise"),
        help=tip("label"),
    )
    harder = st.toggle(
        "Harder batches",
        config.harder_batches,
        help=tip("harder batches"),
        key=_key("harder_batches"),
    )
    return config.changed(
        architecture=architecture,
        hidden_sizes=hidden_sizes,
        activation=activation,
        dropout=dropout,
        optimizer=optimizer,
        learning_rate=learning_rate,
        schedule=schedule,
        batch_size=batch_size,
        epochs=epochs,
        seed=seed,
        training_images=images,
        exclude_digits=tuple(excluded),
        label_noise=noise,
        harder_batches=harder,
    )


def _steps(name: str, label: str, values: list, config: TrainingConfig):
    """A slider over chosen values; a value from a link that is not among them is put in."""
    now = getattr(config, name)
    if now not in values:
        values = sorted({*values, now} - {None}) + [None] * (None in values)
    return st.select_slider(
        label,
        values,
        now,
        format_func=lambda value: "all" if value is None else f"{value:,}",
        key=_key(name),
        help=tip(label.partition(":")[0].lower()),
    )


def _layers(config: TrainingConfig) -> tuple[int, ...]:
    """One number for each hidden layer, with buttons to add and to remove."""
    limit, sizes = LIMITS["hidden_sizes"], config.hidden_sizes
    keys = [_key(f"layer-{index}-of-{len(sizes)}") for index in range(len(sizes))]
    changed = []
    for index, size in enumerate(sizes):
        left, right = st.columns([4, 1], vertical_alignment="bottom", wrap=False)
        changed.append(
            left.number_input(
                f"Units in hidden layer {index + 1}",
                int(limit.low),
                int(limit.high),
                size,
                key=keys[index],
            )
        )
        right.button(
            "",
            icon=":material/close:",
            help=f"Remove hidden layer {index + 1}. {tip('hidden layer') or ''}",
            key=_key(f"remove-{index}"),
            on_click=_remove_layer,
            args=(keys, index),
        )
    if len(sizes) < LIMITS["hidden_layers"].high:
        st.button(
            "Add a hidden layer",
            icon=":material/add:",
            key=_key("add-layer"),
            on_click=_add_layer,
            args=(keys,),
        )
    return tuple(changed)


def _add_layer(keys: list[str]) -> None:
    sizes = tuple(state.widget_value(key) for key in keys)
    use_settings(state.settings().changed(hidden_sizes=(*sizes, NEW_LAYER)))


def _remove_layer(keys: list[str], index: int) -> None:
    sizes = tuple(state.widget_value(key) for key in keys if key != keys[index])
    use_settings(state.settings().changed(hidden_sizes=sizes))


def show_cost(config: TrainingConfig) -> None:
    """What the network will cost: always for the settings as they stand."""
    with st.spinner("Timing a few small batches …"):
        found = state.cost_of(config)
    from core.runs.job import LONGEST_RUN

    rows = "".join(f"| {name.replace('_', ' ')} | {n:,} |\n" for name, n in found.weights.items())
    st.markdown(f"| layer | weights |\n|---|--:|\n{rows}| **all** | **{found.total_weights:,}** |")
    st.markdown(
        f"A batch needs about **{found.batch_bytes / 1e6:,.1f} MB** of memory. The run takes "
        f"**{duration(found.seconds)}** if the server has nothing else to do (estimated from a few "
        f"small batches, timed just now). A run that takes more than {LONGEST_RUN / 60:.0f} "
        "minutes is stopped there, and kept."
    )


def title_of(config: TrainingConfig) -> str:
    """What to call a network: by its preset, where it is one."""
    preset = preset_of(config)
    return f"Your network ({PRESETS[preset].label.lower()})" if preset != OWN else "Your network"


def origin_of(config: TrainingConfig) -> str:
    """What it learns from, within a sentence."""
    return "MNIST" if config.dataset == "mnist" else DATASETS[config.dataset].label.lower()


def preset_of(config: TrainingConfig) -> str:
    """The preset that has these settings, whatever the dataset; OWN if there is none."""
    neutral = config.changed(dataset="mnist")
    return next((name for name, each in PRESETS.items() if each.config == neutral), OWN)


def describe(config: TrainingConfig) -> str:
    """The settings in one line of words and numbers."""
    sizes = " → ".join(f"{size:,}" for size in (784, *config.hidden_sizes, 10))
    kind = "" if config.architecture == "dense" else f"{ARCHITECTURES[config.architecture].label} "
    parts = [
        DATASETS[config.dataset].label,
        f"{kind}{sizes}",
        ACTIVATIONS[config.activation].label,
        f"{OPTIMIZERS[config.optimizer].label}, learning rate {config.learning_rate:g}",
        f"batches of {config.batch_size:,}",
        f"{config.epochs} {'epoch' if config.epochs == 1 else 'epochs'}",
    ]
    if config.training_images:
        parts.append(f"{config.training_images:,} images")
    if config.exclude_digits:
        parts.append("without " + ", ".join(str(digit) for digit in config.exclude_digits))
    if config.label_noise:
        parts.append(f"{percent(config.label_noise, 0)} of labels wrong")
    if config.harder_batches:
        parts.append("harder batches")
    if config.dropout:
        parts.append(f"dropout {config.dropout:g}")
    return " · ".join(parts)


def run_buttons(job: TrainingJob, seen: JobSnapshot) -> None:
    """Pause and go on, step by step, stop, reset; for a run that is not over."""
    with st.container(horizontal=True, gap="small"):
        if seen.state == "paused":
            st.button(
                "Resume",
                icon=":material/play_arrow:",
                type="primary",
                on_click=job.resume,
                shortcut="P",
            )
            per_epoch = max(seen.iterations_per_epoch, 1)
            for label, batches, shortcut in (
                ("Step", 1, "S"),
                ("10 batches", 10, None),
                ("1 epoch", per_epoch, None),
            ):
                st.button(label, on_click=step, args=(job, batches), shortcut=shortcut)
        else:
            st.button("Pause", icon=":material/pause:", on_click=pause, args=(job,), shortcut="P")
        st.button("Stop", icon=":material/stop:", on_click=job.stop, key="stop")
        reset_button()


def reset_button() -> None:
    """Clears the page for a new run."""
    st.button("Reset", icon=":material/restart_alt:", on_click=reset, help=tip("reset"))


def reset() -> None:
    """Back to the beginning; the run is stopped and kept."""
    if job := state.current_job():
        job.stop()
    state.leave_run()


def step(job: TrainingJob, batches: int) -> None:
    """Run some batches; a few are done before the page looks again."""
    job.step(batches)
    job.wait_until_still(0.5)


def pause(job: TrainingJob) -> None:
    """Pause, and let the page see it paused."""
    job.pause()
    job.wait_until_still(0.5)


def speed_control(job: TrainingJob | None) -> float | None:
    """How many batches a second; None: no limit. Takes effect at once on a run that goes on."""
    now = job.speed if job else SPEEDS[state.recall("speed", "as fast as it goes")]

    def choose(name: str) -> None:
        state.keep("speed", name)
        if job:
            job.set_speed(SPEEDS[name])

    dropdown(
        "Speed",
        list(SPEEDS),
        next(name for name, speed in SPEEDS.items() if speed == now),
        choose,
        "speed",
        term="speed",
    )
    return now
