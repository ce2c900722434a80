"""The barest Streamlit page, to measure ours against."""

import streamlit as st

st.write("hello")
