"""How the stage is laid out: style sheets and the empty frame that its script fills.

LAYOUT is for the page: the pad is as large as there is room for, and all that comes later keeps its
place from the start. STAGE_CSS and STAGE_HTML are for the component beside the pad; it is as dark
as the pad in both themes, for the two are one stage.
"""

# SIDE stands for a number of pixels, ABOVE for what is above and below the pad on the first screen.
# The pad is drawn on at SIDE × SIDE and shown at --side: the tangent of an arc tangent makes a
# plain factor of two lengths. The gap between pad and network is 2rem, as between all columns.
LAYOUT = """<style>
@property --side { syntax: "\\3c length\\3e"; inherits: true; initial-value: 0px; } /* a number of
  pixels from here on: else cqw, below, would be of whatever container --side is used in */
.st-key-ways { min-height: 2.5rem; } /* a finger's width */
.st-key-ways button { min-height: 2.5rem; }
.st-key-stage-room { container-type: inline-size; }
.st-key-stage { --side: max(15rem, min(max(360px, 50cqw - 1rem), 100vh - ABOVE, SIDEpx)); }
@container (max-width: 680px) {
  .st-key-stage { --side: min(100cqw, SIDEpx, max(15rem, 100vh - ABOVE)); } }
.st-key-stage > :has(> .st-key-stage-given) { flex: none; width: var(--side); }
.st-key-stage-given { min-height: calc(var(--side) + 3.5rem); }
.st-key-stage-pad [class*="-paper"] { position: relative; overflow: clip; background: #161616;
  border-radius: 8px; flex: none; width: var(--side); height: var(--side); }
.st-key-stage-pad [class*="-paper"] > :first-child { position: absolute; top: 0; left: 0;
  width: SIDEpx; max-width: none; height: SIDEpx; transform-origin: 0 0;
  transform: scale(tan(atan2(var(--side), SIDEpx))); }
.st-key-stage > :has(> .st-key-stage-answer) { flex: 1 1 17rem; min-width: min(100%, 17rem); }
.st-key-stage-network { min-height: max(var(--side), 26rem); } /* as high as the pad */
@container (max-width: 680px) {
  .st-key-stage-network { min-height: 51rem; }
  .st-key-stage-given:not(:has([class*="-paper"])) { min-height: 0; } } /* no pad in it */
</style>"""

STAGE_HTML = """
<div class="stage">
  <div class="network" role="group"></div>
  <div class="maps"></div>
  <div class="answer-side">
    <div class="answer" data-testid="answer" aria-hidden="true"></div>
    <div class="sure" data-testid="sure" aria-hidden="true"></div>
    <div class="ask">
      <button class="why" type="button" disabled>Why?</button>
      <button class="inside" type="button" hidden>See inside</button>
    </div>
    <div class="bars" aria-hidden="true"></div>
  </div>
  <div class="below" data-testid="below"></div>
  <div class="spoken" role="status" aria-live="polite"></div>
</div>
"""

STAGE_CSS = """
:host, .host { display: block; }
.stage { --action: #56B4E9; color: #FFFFFF; background: #161616; border-radius: 8px;
  padding: 0.6rem 1.25rem 0.4rem; box-sizing: border-box;
  box-shadow: var(--tile-frame);
  font-family: var(--st-font); position: relative; display: grid; gap: 0.5rem 1.5rem;
  --narrow: min(56%, max(11rem, 0.8 * (var(--side) - 13rem))); /* as high as the pad */
  grid-template: 1fr auto / minmax(0, var(--narrow)) minmax(0, 1fr);
  min-height: max(var(--side), 26rem); }
.network, .maps { grid-area: 1 / 1; width: 100%; }
.network { display: flex; flex-direction: column; justify-content: space-between; gap: 0.3rem; }
.network:has(+ .maps > :first-child) { visibility: hidden; } /* “Why?” takes its room */
.maps { container-type: size; }
.maps .painted { --map: min(50cqh - 0.25rem, 100cqw - 8rem); height: 100%;
  align-content: space-around; }
@container (max-width: 13rem) { .maps .painted { --map: calc(100cqw - 5.75rem); } }
.layer canvas { opacity: 0.35; transition: opacity 0.25s; }
.layer.lit canvas { opacity: 1; animation: flash 0.7s ease-out; }
@keyframes flash {
  from { filter: brightness(2.2); box-shadow: 0 0 18px 2px rgba(0, 200, 150, 0.7); } }
small { display: block; font-size: clamp(0.75rem, 0.025 * var(--side), 0.85rem); line-height: 1.4;
  white-space: nowrap; color: #C8C8C8; }
.layer { position: relative; }
.layer + .layer small::before { content: "↓ " / ""; color: #00C896; } /* the way of the digit */
.layer:last-child::after { content: "↗" / ""; position: absolute; left: calc(100% + 0.3rem);
  bottom: 0; color: #00C896; } /* to the bars */
.layer canvas { display: block; width: 100%; image-rendering: pixelated; }
.picture { display: flex; gap: 0.5rem; }
.picture > * { flex: 0 1 min(5.5rem, 31%); min-width: 0; margin: 0; padding: 0; border: none;
  font: inherit; background: none; color: inherit; text-align: left; }
.picture button { cursor: pointer; }
.picture button[aria-pressed="true"] canvas { box-shadow: 0 0 0 2px var(--action); }
.picture button:focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
canvas { border-radius: var(--tile-radius); box-shadow: var(--tile-frame); }
.answer-side { display: flex; flex-direction: column; min-width: 0;
  container-type: inline-size; }
.answer { --size: clamp(4rem, calc(0.9 * var(--side) - 20rem), 15rem); display: grid;
  place-content: center; text-align: center; height: calc(0.95 * var(--size)); line-height: 0.95;
  font-weight: 700; font-size: min(var(--size), calc(1.7 * var(--size) / var(--digits, 1))); }
.answer.message { font-size: 1.15rem; font-weight: 400; line-height: 1.4; }
.sure { text-align: center; font-size: 1.05rem; line-height: 1.4; min-height: 2.8em;
  margin-bottom: 0.4rem; }
.ask { display: flex; flex-wrap: wrap; gap: 0.5rem; justify-content: center;
  margin: 0 0 0.4rem; }
.ask button { min-height: 2.5rem; margin: 0; padding: 0 1rem; font: inherit; color: inherit;
  background: none; cursor: pointer; border-radius: var(--st-button-radius, 8px);
  border: 1px solid #8A8A8A; }
.ask [hidden] { display: none; }
.ask button:hover, .why[aria-pressed="true"] { border-color: var(--action);
  color: var(--action); }
.ask button:focus-visible { outline: 2px solid var(--action); outline-offset: 2px; }
.ask button:disabled { opacity: 0.4; cursor: default; border-color: inherit; color: inherit; }
.bars { display: grid; grid-template-columns: 1rem 1fr 3.8rem; gap: 1px 0.5rem;
  align-items: center; font-variant-numeric: tabular-nums; line-height: 1.15; margin-top: auto;
  min-height: calc(11.5em + 9px); } /* ten bars: what stands above them does not move for them */
.bars span.best { font-weight: 700; }
.bars .share { text-align: right; font-size: 0.85rem; white-space: nowrap; }
@container (max-width: 12rem) { /* no room for numbers */
  .bars { grid-template-columns: 1rem 1fr; }
  .bars .share { display: none; }
}
.track { background: rgba(255, 255, 255, 0.12); border-radius: 3px; height: 0.8rem; }
.bar { background: #808080; border-radius: 3px; height: 100%; width: 0; transition: width 0.25s; }
.best .bar { background: #FFFFFF; }
.below { grid-column: 1 / -1; font-size: 0.8rem; line-height: 1.3; min-height: 2.6em; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 640px) {
  .stage { grid-template: auto auto 1fr / minmax(0, 1fr); }
  .network, .maps { grid-area: 3 / 1; }
  .layer:last-child::after { content: none; }
  small { font-size: 0.85rem; }
  .answer-side { order: -2; container-type: normal; display: grid;
    grid-template-columns: 2fr 3fr; column-gap: 1rem; }
  .below { order: -1; min-height: 5.4em; }
  .ask { grid-column: 1; }
  .answer { --size: 8rem; }
  .answer.message { grid-column: 1 / span 2; grid-row: 1 / span 3; height: auto; z-index: 1;
    background: #161616; place-content: start center; padding-top: 1rem; }
  .sure { grid-column: 1; font-size: 0.95rem; }
  .bars { grid-column: 2; grid-row: 1 / span 3; }
}
@media (prefers-reduced-motion: reduce) {
  .layer canvas, .bar { transition: none; animation: none !important; } }
"""
