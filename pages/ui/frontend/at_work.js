// The network of a run at work: its first weights, a wall of held-back digits that light up when
// they are read rightly, and the ten bars of the digit that was clicked. It measures nothing: every
// number comes from core/runs/at_work.py. Which moment of the run is shown, moments.js knows.

const VERSION = new URL(import.meta.url).search;
const { moments, bytesOf } = await import(`./moments.js${VERSION}`);
const { shortName } = await import(`./short_name.js${VERSION}`);

const STYLE = `
.at-work { --action: #56B4E9; color: #FFFFFF; background: #161616; border-radius: 8px;
  padding: 0.75rem 0.9rem; box-shadow: var(--tile-frame);
  will-change: transform; /* it changes, and the page round it does not */
  font-family: var(--st-font); display: grid;
  grid-template: "score score" auto "wall weights" auto "bars bars" auto "own own" auto / 3fr 2fr;
  gap: 0.5rem 1rem; font-size: 0.85rem; line-height: 1.35; }
.score { grid-area: score; font-size: 1.1rem; min-height: 2.6rem; line-height: 2.6rem; }
.score small { font-size: 0.8rem; opacity: 0.75; white-space: nowrap; }
.score .name { display: inline-block; max-width: 12rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; vertical-align: bottom; font-weight: 700; }
.score .name:empty { display: none; }
.score b { font-size: 2rem; font-variant-numeric: tabular-nums; }
.wall { grid-area: wall; display: grid; grid-template-columns: repeat(10, 1fr); gap: 3px;
  padding: 3px; align-content: start; }
.wall button { padding: 0; border: none; border-radius: 2px; aspect-ratio: 1; cursor: pointer;
  background: #161B22 no-repeat; background-size: 100% auto; image-rendering: pixelated;
  opacity: 0.35; min-width: 0; }
.wall button.empty { background-color: rgba(255, 255, 255, 0.09); opacity: 1; cursor: default; }
.wall button.right { opacity: 1; box-shadow: 0 0 0 2px #009E73; }
.wall button:hover, .wall button:focus-visible { box-shadow: 0 0 0 2px #FFFFFF; }
.wall button[aria-pressed=true] { outline: 2px solid #FFFFFF; outline-offset: 2px;
  position: relative; z-index: 1; }
.weights { grid-area: weights; min-width: 0; }
.weights canvas { display: block; width: 100%; image-rendering: pixelated; border-radius: 3px;
  background: rgba(255, 255, 255, 0.09); }
.weights small { margin-top: 0.3rem; }
.weights small, .asked small { display: block; font-size: 0.8rem; min-height: 2.7em; }
.asked { grid-area: bars; display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem;
  min-height: 7.6rem; }
.asked > div > i { display: inline-block; width: 2.5rem; height: 2.5rem; margin: 0.3rem 0.4rem 0 0;
  border-radius: 2px; background: no-repeat; background-size: 100% auto; image-rendering: pixelated;
  box-shadow: 0 0 0 2px #FFFFFF; vertical-align: top; }
.own { grid-area: own; display: flex; gap: 0.75rem; align-items: center; min-height: 3.25rem; }
.own img { width: 3rem; height: 3rem; image-rendering: pixelated; border-radius: 3px; }
.own img[hidden] { display: none; }
.own b { font-size: 1.5rem; }
.why { min-height: 2.5rem; margin-top: 0.3rem; padding: 0 0.75rem; font: inherit; color: inherit; background: none;
  cursor: pointer; border: 1px solid #8A8A8A;
  border-radius: var(--st-button-radius, 8px); }
.why:hover, .why[aria-pressed=true], .why:focus-visible { border-color: var(--action);
  color: var(--action); }
.draw { margin: 0; }
.draw[hidden] { display: none; }
.reason { --map: min(7.25rem, 40cqw); grid-row: wall; grid-column: wall / weights; z-index: 1;
  container-type: inline-size; background: #161616; display: grid; align-content: space-evenly;
  gap: 0.5rem; }
.reason .painted { flex-wrap: nowrap; }
.reason .painted figure { flex-direction: column; align-items: start; flex-basis: 0; }
.reason p { margin: 0; }
.reason[hidden] { display: none; }
.bars { display: grid; grid-template-columns: repeat(10, 1fr); gap: 4px; text-align: center;
  font-variant-numeric: tabular-nums; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1px; height: 5rem;
  align-items: end; background: rgba(255, 255, 255, 0.1); border-radius: 3px; }
.pair i { display: block; height: 0; border-radius: 2px 2px 0 0; }
.pair i:first-child { border: 1px solid currentcolor; border-bottom: none; opacity: 0.55;
  box-sizing: border-box; }
.pair i:last-child { background: var(--action); }
.best { font-weight: 700; }
@media (max-width: 640px) {
  .at-work { padding: 0.75rem 0.5rem; grid-template: "score" auto "own" auto "wall" auto "bars" auto "weights" auto / 1fr; }
  .score small { display: block; line-height: 1.35; }
  .weights canvas { max-width: 15rem; }
  .asked { grid-template-columns: 1fr; gap: 0.4rem; }
}
@media (pointer: coarse) { /* rows as high as a finger is wide, of which all belongs to the digits */
  .wall { grid-auto-rows: 40px; row-gap: 0; align-items: center; }
  .wall button { position: relative; }
  .wall button::after { content: ""; position: absolute; inset: calc(50% - 20px) -1.5px; }
}
`;
const HTML = `
<div class="score"><span class="name"></span> <span></span></div>
<div class="wall" role="group"></div>
<div class="weights"><canvas role="img" aria-label="No weights yet"></canvas><small></small></div>
<div class="own"><img alt="Your drawing" hidden><span></span>
<button class="why draw" type="button">Draw one</button></div>
<div class="asked"><div><small role="status" aria-live="off"></small>
 <i></i><button class="why" type="button" style="visibility: hidden">Why?</button></div>
<div class="bars"></div></div>
<div class="reason" hidden></div>
`;
const TILES = 100;
const [COLUMNS, ROWS] = [3, 4]; // of the weights
const TURNS = 5; // of the answers to the visitor's digit, the last ones
const MIDDLE = 8; // the step of a weight of 0; they go from 1 to 15
const [COLD, DARK, WARM] = [[64, 170, 255], [22, 22, 22], [255, 159, 28]]; // core/charts/mosaics.py
const COLOURS = Array.from({ length: 2 * MIDDLE }, (_, step) => {
  const [end, strength] = [step < MIDDLE ? COLD : WARM, Math.abs(step - MIDDLE) / (MIDDLE - 1)];
  return [...DARK.map((dark, part) => dark + (end[part] - dark) * strength), 255];
});

export default function show({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector(".at-work");
  if (!root) {
    const style = document.createElement("style");
    style.textContent = STYLE;
    root = document.createElement("div");
    root.className = "at-work";
    root.innerHTML = HTML;
    parentElement.replaceChildren(style, root);
    root.work = new AtWork(root);
  }
  root.work.ask = (place) => setTriggerValue("why", place);
  root.work.drawOne = () => setTriggerValue("draw", true);
  root.work.show(data);
}

class AtWork {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.chosen = null;
    this.makeWall();
    this.makeBars();
    this.find(".asked .why").onclick = () => this.ask(this.chosen);
    this.find(".draw").onclick = () => {
      this.drawOne();
      goToPad();
    };
    moments.addEventListener("change", this);
  }

  show({ look, sheet, why }) {
    this.why = why;
    this.find(".name").textContent = look?.name ?? "";
    this.takeSheet(sheet);
    moments.take(look);
  }

  // The moment that is shown has changed. Another of these may have taken this one's place.
  handleEvent() {
    if (this.root.isConnected) return this.draw();
    moments.removeEventListener("change", this);
  }

  draw() {
    const look = moments.shown;
    this.look = look;
    const read = look && look.labels.length > 0;
    this.find(".wall").setAttribute("aria-label",
      "100 digits of its practice exam, that it does not learn from" + (read ? `: ${look.correct} read rightly` : ""));
    this.tiles.forEach((tile, index) => this.light(tile, index, read));
    if (read && this.chosen === null) {
      this.choose(look.answers.findIndex((said, index) => said !== look.labels[index]));
    }
    this.drawWeights();
    this.drawBars();
    this.drawOwn(look?.own);
  }

  // The visitor's digit: the answers that it got until the moment shown, the newest in large type.
  drawOwn(own) {
    const [image, words, draw] = this.find(".own").children;
    image.hidden = !own;
    draw.hidden = Boolean(own);
    if (!own) return write(words, "It reads yours, too.");
    if (image.src !== own.image) image.src = own.image;
    const asked = own.at.filter((at) => at <= this.look.iteration).length;
    if (!asked) return write(words, "Your digit: not asked about yet.");
    const turns = [...own.said.slice(0, asked)].flatMap((digit, index, said) =>
      digit === said[index - 1] ? [] : { digit, since: own.at[index] });
    const [now, ...before] = turns.slice(-TURNS).reverse();
    const story = before.reverse().map(({ digit }) => `${digit} … `).join("");
    const since = now.since ? `since batch ${now.since.toLocaleString("en")}` : "from the start";
    write(words, `Your digit: ${story}<b>${now.digit}</b> ${since}. Now ${own.sure[asked - 1]} sure.`);
  }

  // The pictures of the digits lie one below the other in an image elsewhere on the page.
  takeSheet(name, again = 20) {
    const sheet = document.getElementById(name);
    if (!sheet && again) return setTimeout(() => this.takeSheet(name, again - 1), 250);
    if (sheet?.src === this.sheet) return;
    this.sheet = sheet?.src;
    for (const tile of this.tiles) {
      tile.style.backgroundImage = sheet ? `url(${shortName(sheet.src)})` : "none";
    }
  }

  light(tile, index, read) {
    const [label, answer] = read ? [this.look.labels[index], this.look.answers[index]] : [];
    const right = read && label === answer;
    const said = answer < 0 ? "not read" : right ? "read rightly" : `read as ${answer}`;
    const words = read ? `a ${label}, ${said}` : "a digit";
    if (tile.ariaLabel === words) return; // most stay as they are
    tile.classList.toggle("right", Boolean(right));
    tile.classList.toggle("empty", !read);
    tile.ariaLabel = words;
    tile.title = read ? words : "";
    tile.disabled = !read;
  }

  // Tab leads to the wall, arrow keys lead on.
  makeWall() {
    this.tiles = Array.from({ length: TILES }, (_, index) => {
      const tile = document.createElement("button");
      tile.type = "button";
      tile.style.backgroundPositionY = `${(100 * index) / (TILES - 1)}%`;
      tile.tabIndex = index ? -1 : 0;
      tile.onclick = () => {
        this.find(".asked small").ariaLive = "polite"; // what nobody asked for is not announced
        this.choose(index);
      };
      tile.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowDown: 10, ArrowLeft: -1, ArrowUp: -10 }[event.key];
        if (!step) return;
        event.preventDefault();
        this.tiles[(index + step + TILES) % TILES].focus();
      };
      return tile;
    });
    this.find(".wall").append(...this.tiles);
  }

  // At first, until the visitor clicks one, a digit that is misread; the first, if none is.
  choose(index) {
    this.chosen = Math.max(0, index);
    this.tiles.forEach((tile, each) => {
      tile.setAttribute("aria-pressed", each === this.chosen);
      tile.tabIndex = each === this.chosen ? 0 : -1;
    });
    this.drawBars();
  }

  makeBars() {
    for (let digit = 0; digit < 10; digit += 1) {
      const place = document.createElement("div");
      place.innerHTML = `<div class="pair"><i></i><i></i></div>${digit}`;
      this.find(".bars").append(place);
    }
    this.find(".bars").setAttribute("aria-hidden", "true");
  }

  // Of the digit that was clicked: what it said before it learned anything, and what it says now.
  drawBars() {
    const words = this.find(".asked small");
    this.drawWhy();
    if (this.chosen === null || !this.look?.labels.length) return;
    const [then, now] = [bytesOf(this.look.then), this.look.shares].map((each) =>
      each.subarray(10 * this.chosen, 10 * this.chosen + 10));
    const answer = this.look.answers[this.chosen];
    const before = then.indexOf(Math.max(...then));
    const { backgroundImage, backgroundPositionY } = this.tiles[this.chosen].style;
    Object.assign(this.find(".asked > div > i").style, { backgroundImage, backgroundPositionY });
    const said = `A practice ${this.look.labels[this.chosen]}. ` + (this.look.iteration
      ? `At first (outlined): ${before}. Now (filled): ${answer < 0 ? "no answer" : answer}.`
      : `It says: ${before}.`);
    write(words, said);
    [...this.find(".bars").children].forEach((place, digit) => {
      place.classList.toggle("best", digit === answer);
      const [first, second] = place.querySelectorAll("i");
      first.style.height = `${(100 * then[digit]) / 255}%`;
      second.style.height = `${(100 * now[digit]) / 255}%`;
    });
  }

  // “Why?” of that digit, asked of a network that stands still, at its newest batch: over the wall.
  drawWhy() {
    const button = this.find(".asked .why");
    const answer = this.look?.answers[this.chosen];
    const may = this.chosen !== null && answer >= 0 && this.look.still && moments.place === null;
    const why = may && this.why?.place === this.chosen ? this.why : null;
    button.style.visibility = may ? "" : "hidden";
    button.textContent = why ? "Back" : answer >= 0 ? `Why ${answer}?` : "Why?";
    button.setAttribute("aria-pressed", Boolean(why));
    const reason = this.find(".reason");
    reason.hidden = !why;
    this.drawScore(why);
    this.find(".wall").style.visibility = why ? "hidden" : "";
    write(reason, why ? `<p>${why.meaning}</p>${why.html}` : "");
  }

  // Over the wall; or what is read of the one digit that “Why?” is asked about.
  drawScore(why) {
    const { labels = [], answers, correct } = this.look ?? {};
    const [read, all, sign] = labels.length ? [correct, labels.length, " (green)"] : ["–", TILES, ""];
    write(this.find(".score").lastElementChild, why
      ? `reads this ${labels[this.chosen]} as <b>${answers[this.chosen]}</b>`
      : `reads <b>${read}</b> of ${all} <small>from the practice exam${sign}</small>`);
  }

  drawWeights() {
    const canvas = this.find(".weights canvas");
    if (!this.look) {
      [canvas.width, canvas.height] = [COLUMNS * 29 - 1, ROWS * 29 - 1];
      write(this.find(".weights small"), "");
      canvas.setAttribute("aria-label", "No weights yet");
      return;
    }
    const { steps, shown, units, side, kind, iteration } = this.look;
    paint(canvas, steps, shown, side);
    const which = shown < units ? `${shown} of ${units} ${kind}s` : `${units} ${kind}s`;
    const meaning = iteration ? "ink on orange lights one up, on blue dims it." : "noise.";
    const words = `${which}: ${meaning}`;
    write(this.find(".weights small"), words);
    canvas.setAttribute("aria-label", `${words} After ${iteration} batches.`);
  }
}

// The pad below, which comes when it was asked for.
function goToPad(again = 40) {
  const pad = document.querySelector(".st-key-probe");
  if (pad) pad.scrollIntoView({ block: "center" });
  else if (again) setTimeout(() => goToPad(again - 1), 250);
}

// Only what is new, lest the browser lay it out and paint it at every look.
function write(element, html) {
  if (element.written !== html) element.innerHTML = element.written = html;
}

// Weights in steps as tiles: blue below zero, dark at it, orange above.
function paint(canvas, steps, count, side) {
  canvas.width = COLUMNS * (side + 1) - 1;
  canvas.height = Math.ceil(count / COLUMNS) * (side + 1) - 1;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(canvas.width, canvas.height);
  for (let index = 0; index < count * side * side; index += 1) {
    const [tile, inside] = [Math.floor(index / side ** 2), index % side ** 2];
    const x = (tile % COLUMNS) * (side + 1) + (inside % side);
    const y = Math.floor(tile / COLUMNS) * (side + 1) + Math.floor(inside / side);
    image.data.set(COLOURS[steps[index]], 4 * (y * canvas.width + x));
  }
  pen.putImageData(image, 0, 0);
}
