"""Train: choose what to learn from, start, watch the loss of every batch, step, stop, go back."""

from __future__ import annotations

import streamlit as st

from core.machine.tuning import import_torch, let_the_page_appear
from pages.ui import shell
from pages.ui.state import server
from pages.ui.state.address import current_run_id
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.train.build_your_own import build_your_own, show_cost
from pages.ui.train.buttons import choose_speed, start_buttons
from pages.ui.train.closer_look import look_closer
from pages.ui.train.presets import choose_preset_and_dataset, origin_of, title_of

shell.start_page("train", wide=True)
top = st.container()
cost = None
run_id = current_run_id()
job = current_job()
if job and not job.over:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{title_of(job.config)}** is learning from {origin_of(job.config)}.")
    with right:
        choose_speed(job)
else:
    left, right = st.columns([3, 2])
    config = choose_preset_and_dataset(left, right)
    with left:
        start_buttons(config)
    cost = build_your_own(config)
if notice := visit().notice:
    top.error(notice, icon=":material/error:")
    visit().notice = ""
if run_id:
    import_torch()
    from pages.ui.train.watch import show_run  # late: it needs torch

    show_run(run_id)
else:
    st.info(
        "No run yet. Press **Start training**: it takes a few seconds. While the network learns, a "
        "curve draws itself here. It shows how wrong the network still is (*loss*): lower is "
        "better.",
        icon=":material/show_chart:",
    )
    look_closer(None)
shell.next_page("exam", "see how well your network reads, and where it is wrong")
server.warm_up()  # for the first start
if cost:  # last, since the first time torch has to be imported for it
    let_the_page_appear()
    with cost:
        show_cost(config)
