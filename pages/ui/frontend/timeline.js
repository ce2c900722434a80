// The timeline of a run: drag back to a moment that is remembered, play the run as a film, ask to
// draw against a moment. All that shows the run on the page follows at once: the network through
// moments.js, the chart through the window's event "digitlab-mark". Nothing is asked of Python.

const { moments } = await import(`./moments.js${new URL(import.meta.url).search}`);

const STYLE = `
.timeline { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem;
  color: var(--st-text-color); font-family: var(--st-font); font-size: 0.9rem; min-height: 40px;
  padding: 8px 0; background: var(--st-background-color);
  box-shadow: 0 0 0 2px var(--st-background-color); } /* wider than what passes under it */
.timeline button { font: inherit; color: inherit; min-height: 40px; padding: 0 0.75rem;
  background: transparent; border: 1px solid var(--st-border-color); cursor: pointer;
  border-radius: var(--st-button-radius, 0.5rem); white-space: nowrap; }
.timeline button:hover:enabled, .timeline button:focus-visible {
  color: var(--st-primary-color); border-color: var(--st-primary-color); }
.timeline button:disabled { opacity: 0.5; cursor: default; }
.play { min-width: 6.5rem; }
.against { min-width: 13.5rem; }
.play i { font: normal 1.25em/1 "Material Symbols Rounded"; vertical-align: -0.2em; }
.timeline input { flex: 1 1 12rem; min-width: 0; height: 40px; margin: 0; cursor: pointer;
  accent-color: var(--st-primary-color); }
.timeline input:disabled { cursor: default; }
.timeline output { min-width: 9.5rem; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) {
  .timeline span { display: none; }
  .timeline input { flex-basis: 50%; }
  .timeline output { min-width: 7rem; flex: 1; }
}
`;
const HTML = `
<button type="button" class="play"></button>
<span aria-hidden="true">Go back</span>
<input type="range" min="0" step="1" aria-label="Go back in the run">
<output></output>
<button type="button" class="against"></button>
`;
const FILM = 8000; // milliseconds for all of it, between these two for one moment
const [QUICKEST, SLOWEST] = [60, 400];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export default function show({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector(".timeline");
  if (!root) {
    const style = document.createElement("style");
    style.textContent = STYLE;
    root = document.createElement("div");
    root.className = "timeline";
    root.innerHTML = HTML;
    parentElement.replaceChildren(style, root);
    root.line = new Timeline(root);
  }
  root.line.show(data, setTriggerValue);
}

class Timeline {
  constructor(root) {
    this.root = root;
    [this.play, , this.slider, this.words, this.against] = root.children;
    this.slider.oninput = () => this.moveTo(nearestTo(Number(this.slider.value), moments.order));
    this.slider.onkeydown = (event) => { // the arrow keys know batches, of which few are remembered
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.moveTo(this.beside(step));
    };
    this.play.onclick = () => this.press();
    moments.addEventListener("change", this);
  }

  show({ total, remembered }, setTriggerValue) {
    Object.assign(this, { total, remembered });
    this.against.onclick = () => setTriggerValue("against", this.nearest);
    this.draw();
  }

  // The moments have changed. Another of these timelines may have taken this one's place.
  handleEvent() {
    if (this.root.isConnected) return this.draw();
    this.hold();
    moments.removeEventListener("change", this);
  }

  moveTo(iteration) {
    this.hold();
    moments.stand(iteration);
  }

  // The moment so many after the one that is shown.
  beside(step) {
    const { order, place } = moments;
    const index = (place === null ? order.length - 1 : order.indexOf(place)) + step;
    return order[Math.max(0, Math.min(order.length - 1, index))];
  }

  press() {
    if (this.playing) return this.hold();
    const { order, place } = moments;
    if (place === null) moments.stand(order[0]);
    else if (calm.matches) moments.stand(this.beside(1));
    if (calm.matches) return;
    const pace = Math.max(QUICKEST, Math.min(SLOWEST, FILM / order.length));
    this.playing = setInterval(() => this.next(), pace);
    this.draw();
  }

  next() {
    moments.stand(this.beside(1));
    if (moments.place === null) this.hold();
  }

  hold() {
    clearInterval(this.playing);
    this.playing = null;
    this.draw();
  }

  draw() {
    const { order, place } = moments;
    const at = place ?? order.at(-1) ?? 0;
    this.slider.max = this.total || 1;
    this.slider.value = at;
    this.slider.disabled = this.play.disabled = order.length < 2;
    this.slider.setAttribute("aria-description", `${order.length} moments are remembered`);
    const batches = `batch ${at.toLocaleString("en")} of ${this.total.toLocaleString("en")}`;
    this.words.textContent = this.total ? batches : "batch 0";
    this.slider.setAttribute("aria-valuetext", this.words.textContent);
    this.drawPlay();
    this.nearest = nearestTo(at, this.remembered);
    this.against.disabled = this.nearest === undefined;
    const when = this.nearest === undefined ? "" : ` at batch ${this.nearest.toLocaleString("en")}`;
    this.against.textContent = `Draw for it${when}`;
    this.against.title = this.remembered.length ? "" : "No network of this run is remembered.";
    this.mark("training-chart", "smoothed");
    this.mark("probe-chart", `digit-${moments.look?.own?.said.at(-1)}`);
  }

  // On that line of a chart.
  mark(chart, line) {
    const detail = { chart, line, at: moments.place };
    window.dispatchEvent(new CustomEvent("digitlab-mark", { detail }));
  }

  drawPlay() {
    const [icon, word] = this.playing
      ? ["pause", "Hold"] : calm.matches ? ["arrow_forward", "Next moment"] : ["play_arrow", "Replay"];
    if (this.play.dataset.word === word) return;
    this.play.dataset.word = word;
    this.play.innerHTML = `<i aria-hidden="true">${icon}</i> ${word}`;
  }
}

function nearestTo(at, remembered) {
  const far = (each) => Math.abs(each - at);
  return remembered.reduce((best, each) => (best === undefined || far(each) < far(best) ? each : best),
    undefined);
}
