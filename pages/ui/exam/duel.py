"""The duel as a component: it stands ready, is played in the browser, and says how it went.

How it is played is in pages/ui/frontend/duel.js. Which digits they are is decided in core.
"""

from __future__ import annotations

import numpy as np

from core.exam.game import Game
from pages.ui.frontend.components import component
from pages.ui.state.visit import widget_value
from pages.ui.widgets.digits.pictures import picture

KEY = "exam-duel"
INVITATION = "Which digit is this? Your first answer starts the clock."

HTML = """<div class="room"><div class="duel">
<div class="paper"><div class="digit" role="img" aria-label="A digit that is hard to read"></div>
<div class="rounds" aria-hidden="true"></div></div>
<div class="board">
<div><b class="yours">0</b>You</div><div><b class="networks">0</b>The network</div>
<div><b class="clock">0.0 s</b><span class="number"></span></div></div>
<div class="said" role="status"></div>
<div class="keys" role="group" aria-label="Your answer"></div>
</div></div>"""

# The digit on the left, the rest beside it; on a phone the keys below both, within reach.
CSS = """
.room { container-type: inline-size; }
.duel { display: grid; gap: 1rem 2rem;
  grid-template-columns: clamp(16rem, min(100vh - 20.5rem, 45cqw), 30rem) minmax(0, 36rem);
  grid-template-rows: auto auto 1fr; color: var(--st-text-color);
  grid-template-areas: "paper board" "paper said" "paper keys"; }
.paper { grid-area: paper; }
.board { grid-area: board; display: grid; grid-template-columns: 1fr 1fr 1.2fr; gap: 0.5rem; }
.said { grid-area: said; }
.keys { grid-area: keys; display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px;
  align-content: start; }
button { font: inherit; font-size: 1.75rem; font-weight: 600; min-height: clamp(56px, 13vh, 7rem);
  cursor: pointer; border-radius: var(--st-button-radius, 8px);
  border: 1px solid var(--st-border-color); background: var(--st-secondary-background-color);
  color: inherit; }
@container (max-width: 680px) {
  button { min-height: 56px; }
  .duel { grid-template-columns: minmax(0, 13rem) minmax(0, 1fr); gap: 0.75rem 1.25rem;
    grid-template-areas: "paper board" "said said" "keys keys"; }
  .board { grid-template-columns: 1fr; }
}
.digit { aspect-ratio: 1; border-radius: 8px; background-color: #000; image-rendering: pixelated;
  background-image: var(--sheet); box-shadow: var(--tile-frame); }
.rounds { display: flex; gap: 3px; margin-top: 8px; }
.rounds i { flex: 1; height: 10px; border-radius: 3px; background: rgba(128, 128, 128, 0.25); }
.rounds .hit { background: var(--st-text-color); }
.rounds .miss { background: none; box-shadow: inset 0 0 0 2px var(--st-text-color); }
.board b { display: block; font-size: 2.6rem; line-height: 1.15; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.said { min-height: 2.8em; line-height: 1.4; }
button:enabled:hover, button:focus-visible { border-color: var(--st-primary-color);
  outline: 2px solid var(--st-primary-color); }
button:disabled { opacity: 0.5; cursor: default; }
"""

_component = component("duel", HTML, css=CSS)


def show_duel(game: Game, images: np.ndarray, labels: list[int], networks: list[int]) -> None:
    """Show the digits of the game, uint8 (N, 28, 28), what they are, and the network's answers.

    When all are answered the game is finished, before the page, or its fragment, runs again.
    """
    name = " ".join(map(str, game.images))

    def heard() -> None:
        played = widget_value(KEY)["played"]
        if isinstance(played, dict) and played.get("game") == name:
            game.finish(played.get("answers"), played.get("seconds"))

    data = {
        "game": name,
        "sheet": picture(images.reshape(-1, images.shape[-1])),
        "labels": labels,
        "networks": networks,
        "invitation": INVITATION,
    }
    _component(key=KEY, data=data, on_played_change=heard)
