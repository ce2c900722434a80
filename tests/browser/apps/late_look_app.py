"""A page that the clock of the page before it has looked at once more, while it is being built."""

import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from pages.ui.state.scripts import keep_order


def new_page() -> None:
    st.title("The new page")
    late = RerunData(fragment_id="gone", page_script_hash="the page before", is_auto_rerun=True)
    get_script_run_ctx().script_requests.request_rerun(late)


keep_order()
st.navigation([new_page]).run()
