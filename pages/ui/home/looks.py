"""How the stage of Home is laid out: style sheets and the empty frame that its script fills.

LAYOUT is for the page: the pad is as large as there is room for, and all that comes later keeps its
place from the start. STAGE_CSS and STAGE_HTML are for the component beside the pad.
"""

# SIDE and HIDDEN stand for numbers of pixels. The pad is drawn on at SIDE × SIDE and shown at
# --side: the tangent of an arc tangent makes a plain factor of two lengths.
LAYOUT = """<style>
.st-key-stage-room { container-type: inline-size; }
.st-key-stage { --side: clamp(360px, min(46cqw, 100vh - 14rem), SIDEpx); }
@container (max-width: 680px) { .st-key-stage { --side: min(100cqw, SIDEpx); } }
.st-key-home { flex: none; width: var(--side); }
.st-key-home-paper { position: relative; overflow: clip; background: #FFFFFF; border-radius: 8px;
  flex: none; width: var(--side); height: var(--side); touch-action: none;
  box-shadow: 0 0 0 1px rgba(128, 128, 128, 0.45); }
.st-key-home-paper > :first-child { position: absolute; top: 0; left: 0;
  width: SIDEpx; max-width: none; height: calc(SIDEpx + HIDDENpx); transform-origin: 0 0;
  transform: scale(tan(atan2(var(--side), SIDEpx))) translateY(-HIDDENpx); }
.st-key-stage-answer { flex: 1 1 18rem; min-width: min(100%, 18rem); }
.st-key-home-stage { min-height: max(var(--side), 28.5rem); }
@container (max-width: 680px) { .st-key-home-stage { min-height: 48rem; } }
</style>"""

STAGE_HTML = """
<div class="stage">
  <div class="network" role="img"></div>
  <div class="answer-side">
    <div class="answer" data-testid="answer" aria-hidden="true"></div>
    <div class="sure" data-testid="sure" aria-hidden="true"></div>
    <div class="bars" aria-hidden="true"></div>
    <div class="read-by"></div>
    <div class="spoken" role="status" aria-live="polite"></div>
  </div>
</div>
"""

STAGE_CSS = """
:host, .host { display: block; }
.stage { color: var(--st-text-color); font-family: var(--st-font);
  display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem;
  min-height: var(--side); }
.network { display: flex; flex-direction: column; justify-content: space-between; gap: 0.4rem;
  max-width: 26rem; width: 100%; }
.layer { opacity: 0.35; transition: opacity 0.25s; }
.layer.lit { opacity: 1; }
.layer small { display: block; font-size: 0.75rem; line-height: 1.4; white-space: nowrap; }
.layer canvas { display: block; width: 100%; image-rendering: pixelated; border-radius: 3px; }
.layer:first-child canvas { width: min(38%, 9rem); }
.answer-side { display: flex; flex-direction: column; justify-content: center; min-width: 0; }
.answer { font-size: min(16rem, max(9rem, calc(0.42 * var(--side)))); font-weight: 700;
  line-height: 0.95; min-height: 0.95em; text-align: center; }
.sure { text-align: center; font-size: 1.1rem; line-height: 1.6; min-height: 1.6em; }
.bars { display: grid; grid-template-columns: 1rem 1fr; gap: 3px 0.5rem; align-items: center;
  font-variant-numeric: tabular-nums; line-height: 1.15; }
.bars span.best { font-weight: 700; }
.track { background: rgba(128, 128, 128, 0.18); border-radius: 3px; height: 0.85rem; }
.bar { background: #56B4E9; border-radius: 3px; height: 100%; width: 0; transition: width 0.25s; }
.best .bar { background: #E69F00; }
.read-by { font-size: 0.8rem; opacity: 0.75; margin-top: 0.5rem; min-height: 2.6em; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 640px) {
  .stage { grid-template-columns: minmax(0, 1fr); }
  .answer-side { order: -1; display: grid; grid-template-columns: 2fr 3fr; column-gap: 1rem; }
  .answer { font-size: 8.5rem; }
  .sure { grid-column: 1; }
  .bars { grid-column: 2; grid-row: 1 / span 2; }
  .read-by { grid-column: 1 / span 2; min-height: 1.3em; }
  .network { max-width: none; }
}
@media (prefers-reduced-motion: reduce) { .layer, .bar { transition: none; } }
"""
