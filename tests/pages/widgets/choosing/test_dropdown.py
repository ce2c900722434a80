"""A list to choose from, where two things have one name."""

from streamlit.testing.v1 import AppTest

from pages.ui.widgets.choosing.dropdown import told_apart

RUNS = [("Lion", 1), ("Lion", 2), ("Lion", 1), ("Lion (2)", 3), ("Owl", 4)]


def test_the_second_of_one_name_gets_a_number_and_the_page_stands():
    said = told_apart(RUNS, lambda run: run[0])
    assert list(said.values()) == ["Lion", "Lion (2)", "Lion (2) (2)", "Owl"]

    def page(runs: list) -> None:
        from pages.ui.widgets.choosing.dropdown import remembered_choice

        remembered_choice("Run", runs, "run", format_func=lambda run: run[0])

    app = AppTest.from_function(page, args=(RUNS,), default_timeout=30).run()
    assert not app.exception
