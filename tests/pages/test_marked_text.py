"""What comes from a link, a file or a name is nowhere on the pages rendered as Markdown or HTML.

Streamlit takes most texts as Markdown, those of buttons and boxes too. So every text handed to it
is looked at in the source: what may be anybody's words goes through `unmarked` or `html.escape`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

# Functions of Streamlit that take Markdown or HTML, whatever they are called on.
SHOW = """
    markdown error warning info success caption toast write title header subheader html badge
    button link_button download_button menu_button page_link form_submit_button expander popover
    progress metric spinner status tabs checkbox toggle radio pills segmented_control selectbox
    multiselect slider select_slider text_input text_area number_input file_uploader camera_input
"""
# Of what may be anybody's words: what an error says (it may quote a link or a file), what a run was
# called and what is said of it, what is kept to be told later.
ANYBODYS = {"message", "notice", "problem", "own_problem", "save_error", "name", "note", "error"}
TYPED = {"text_input", "text_area", "file_uploader", "widget_value"}  # what a visitor typed or sent
SAFE = {"unmarked", "escape", "len", "type", "tip"}  # what goes in there does no harm
# Names that are ours: of a term, a page, a dataset, a lesson, a writer in our own files, a section.
OURS = {"term.name", "here.name", "each.name", "lesson.name"}


def shown_unescaped(source: str) -> Iterator[tuple[int, str]]:
    """Line and code of everything in a module that is shown and may be anybody's words."""
    tree = ast.parse(source)
    words = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name
    }
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.NamedExpr)) and is_anybodys(node.value, words):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            words |= {each.id for each in targets if isinstance(each, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SHOW.split():
            label_alone = TYPED | {"download_button"}  # a value, a file's name are no Markdown
            texts = node.args[:1] if called(node) in label_alone else node.args
            shown = [*texts, *(each.value for each in node.keywords if each.arg in TEXTS)]
            for argument in shown:
                for part in anybodys_words(argument, words):
                    yield part.lineno, ast.unparse(part)


def is_anybodys(value: ast.AST, words: set[str]) -> bool:
    """Whether what gets a name here is typed, or a text with anybody's words in it."""
    is_text = isinstance(value, (ast.Attribute, ast.JoinedStr, ast.BinOp, ast.IfExp, ast.BoolOp))
    return called(value) in TYPED or (is_text and any(anybodys_words(value, words)))


TEXTS = {"label", "body", "text", "help"}  # keyword arguments that are texts


def anybodys_words(node: ast.AST, words: set[str]) -> Iterator[ast.AST]:
    """The parts of an expression that may be anybody's words, those made safe left out."""
    if isinstance(node, ast.Call) and called(node) in SAFE:
        return
    if isinstance(node, (ast.Lambda, ast.Compare)):  # what is called later; yes or no
        return
    if isinstance(node, ast.Name) and node.id in words:
        yield node
    if isinstance(node, ast.Attribute) and node.attr in ANYBODYS and ast.unparse(node) not in OURS:
        yield node
    whether = node.test if isinstance(node, ast.IfExp) else None
    for child in ast.iter_child_nodes(node):
        if child is not whether:
            yield from anybodys_words(child, words)


def called(node: ast.AST) -> str:
    """The last name of what is called: markdown of st.markdown(...)."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_what_may_be_anybodys_words_is_shown_as_it_is():
    found = [
        f"{path}, line {line}: {code}"
        for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
        for line, code in shown_unescaped(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    f()\nexcept E as problem:\n    st.error(str(problem))",
        "try:\n    f()\nexcept E as problem:\n    place.info(f'{problem} Try again.')",
        "st.markdown(f'**{run.name}**')",
        "st.warning(' '.join(['a', seen.message]))",
        "st.progress(0.5, text=seen.message or 'x')",
        "st.html(f'<h3>{run.name}</h3>')",
        "wanted = st.text_input('x')\nst.info(f'no {wanted}')",
        "st.button(run.note if run.note else 'x')",
        "if notice := visit().notice:\n    place.error(notice)",
        "try:\n    f()\nexcept E as problem:\n    told = f'{problem} Again.'\n    st.info(told)",
    ],
)
def test_the_look_at_the_source_finds_it(source):
    assert list(shown_unescaped(source))


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    f()\nexcept E as problem:\n    st.error(unmarked(str(problem)))",
        "st.html(f'<h3>{html.escape(run.name)}</h3>')",
        "st.button('x', on_click=lambda: take(run.name))",
        "st.markdown(f'{run.share}')",
    ],
)
def test_what_is_made_safe_is_let_through(source):
    assert not list(shown_unescaped(source))
