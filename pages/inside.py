"""Inside: what a network looks at and keeps in its layers, why it answers as it does."""

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.inside.sections import SECTIONS, show
from pages.ui.state.networks import first_to_ask
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.words.glossary import offer_glossary

WORDS = (
    *("layer", "unit", "weight", "activation", "filter", "feature map", "gradient", "attribution"),
    *("integrated gradients", "occlusion", "rival", "counterfactual", "adversarial example"),
    *("t-SNE", "ablation"),
)

with shell.page("inside"):
    network = first_to_ask()
    section = choose_one("Look at", SECTIONS, "inside-section", show_label=False)
    content = shell.room_for_late()
    offer_glossary(WORDS)
    shell.next_page("predict", "draw a digit and have it read")
    let_the_page_appear()
    with content:  # last, since it may take seconds: importing torch, opening the digits
        show(section, network)
