// One digit on its way through a network: the picture, every layer as tiles, the ten answers, and
// lines from layer to layer for what a unit adds to the next. It measures nothing: every number
// comes from core/explain/contributions.py and core/explain/passage.py.

const HEIGHT = 372; // pixels of a layer, where the layers stand side by side
const NARROW = 720; // pixels; below it, for fingers and for many layers they lie one below the other
const FINGER = 40; // pixels, the side of a tile there
const ROWS = 3; // of tiles that a layer has there
const PATH = [10, 18, 26, 30]; // lines of a path, counted from the answer back
const MOST = 24; // lines that a single unit shows
const [FOR, AGAINST] = ["#D55E00", "#0072B2"];
const ANSWERS = 10;

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".passage");
  root.passage ??= new Passage(root);
  root.passage.show(data, setTriggerValue);
  return () => root.passage.leave();
}

class Passage {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.flow = this.find(".flow");
    this.lines = this.find("svg");
    this.looked = null; // [layer, place] that the pointer or the keyboard is on
    this.resizes = new ResizeObserver(() => this.arrange());
    this.resizes.observe(root);
    this.find(".all-on").onclick = () => this.tell("all_on", true);
  }

  show(data, tell) {
    const shape = JSON.stringify(data.layers.map(({ names }) => names.length));
    const isNew = data.digit !== this.data?.digit;
    this.data = data;
    this.tell = tell;
    if (shape !== this.shape) this.build(shape);
    this.find(".say span").innerHTML = data.said;
    const reset = this.find(".all-on");
    reset.hidden = !data.layers.length;
    reset.disabled = !data.off;
    this.find(".picture img").src = data.picture;
    data.layers.forEach((layer, number) => this.fill(layer, number));
    this.fillAnswers();
    if (isNew) this.arrive();
    this.arrange();
  }

  // The columns of a network that was not shown before.
  build(shape) {
    this.shape = shape;
    this.chosen = null; // the answer whose path is shown; at first the network's own
    for (const old of this.flow.querySelectorAll(".layer")) old.remove();
    this.columns = this.data.layers.map(({ names }, number) => {
      const column = element("div", "column layer");
      const [words, tiles, strongest] = [
        element("small"), element("div", "tiles"), element("button", "strongest")];
      tiles.setAttribute("role", "group");
      tiles.append(...names.map((_, place) => this.tile(number, place)));
      strongest.type = "button";
      strongest.onclick = () => this.tell("strongest", number);
      column.append(words, tiles, strongest);
      this.find(".answers").before(column);
      return { column, words, tiles, strongest };
    });
    this.find(".rows").replaceChildren(
      ...Array.from({ length: ANSWERS }, (_, digit) => this.row(digit)));
  }

  // Tab leads to a layer, arrow keys lead on, Enter or Space switches.
  tile(layer, place) {
    const made = element("button");
    made.type = "button";
    made.onclick = () => this.tell("switched", [layer, place]);
    this.follow(made, [layer, place]);
    made.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...made.parentElement.children].filter((each) => !each.hidden);
      all[(all.indexOf(made) + step + all.length) % all.length].focus();
    };
    return made;
  }

  row(digit) {
    const made = element("button", "row");
    made.type = "button";
    made.innerHTML = `<b>${digit}</b><span class="track"><i></i><i></i></span><span></span>`;
    made.onclick = () => {
      this.chosen = this.chosen === digit ? null : digit;
      this.drawLines();
    };
    this.follow(made, [this.data.layers.length, digit]);
    return made;
  }

  follow(made, spot) {
    const look = () => { this.looked = spot; this.drawLines(); };
    const leave = () => { this.looked = null; this.drawLines(); };
    made.onpointerenter = (event) => event.pointerType === "mouse" && look();
    made.onpointerleave = leave;
    made.onfocus = () => made.matches(":focus-visible") && look();
    made.onblur = leave;
  }

  fill(layer, number) {
    const { tiles, strongest } = this.columns[number];
    tiles.setAttribute("aria-label", `${layer.words}: click to switch off or on`);
    strongest.textContent = layer.button;
    strongest.disabled = !layer.button_works;
    strongest.setAttribute("aria-label", `${layer.button}, ${layer.words}`);
    const last = Math.max(1, layer.names.length - 1);
    const sheet = `url(${shortName(layer.sheet)})`;
    [...tiles.children].forEach((tile, place) => {
      tile.style.backgroundImage = sheet;
      tile.style.backgroundSize = `100% ${layer.names.length * 100}%`;
      tile.style.backgroundPositionY = `${(100 * place) / last}%`;
      tile.title = layer.names[place];
      tile.setAttribute("aria-label", layer.names[place]);
      tile.setAttribute("aria-pressed", layer.off.includes(place));
      tile.tabIndex = place ? -1 : 0;
    });
  }

  fillAnswers() {
    const { shares, before, sure, answer } = this.data;
    this.find(".large").textContent = answer;
    [...this.find(".rows").children].forEach((row, digit) => {
      const [outlined, filled] = row.querySelectorAll("i");
      outlined.style.setProperty("--share", `${100 * (before?.[digit] ?? 0)}%`);
      outlined.hidden = !before;
      filled.style.setProperty("--share", `${100 * shares[digit]}%`);
      row.lastChild.textContent = sure[digit];
      row.classList.toggle("best", digit === answer);
      row.setAttribute("aria-label", `${digit}: ${sure[digit]}. Show what leads to it`);
    });
  }

  // Another digit lights up layer by layer.
  arrive() {
    this.chosen = null;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    [...this.flow.querySelectorAll(".column")].forEach((column, number) =>
      column.animate([{ opacity: 0.15 }, { opacity: 1 }],
        { duration: 250, delay: 140 * number, fill: "backwards" }));
  }

  // As large as there is room for, and as many tiles as a finger can hit.
  arrange() {
    const width = this.root.clientWidth;
    if (!width || !this.data) return;
    const needed = Math.max(NARROW, 300 + 100 * this.columns.length); // picture, answers; each layer
    const narrow = width < needed || matchMedia("(pointer: coarse)").matches;
    this.flow.classList.toggle("narrow", narrow);
    const gap = width < 1000 ? 36 : 56;
    const share = (width - 120 - 170 - gap * (this.columns.length + 1)) / this.columns.length;
    this.columns.forEach(({ column, words, tiles }, number) => {
      const { strength, names, words: said } = this.data.layers[number];
      const across = Math.floor(width / (FINGER + 3));
      const shown = narrow ? new Set(strength.slice(0, ROWS * across)) : null;
      [...tiles.children].forEach((tile, place) => (tile.hidden = shown && !shown.has(place)));
      const few = shown?.size < names.length ? `: ${shown.size} strongest of ` : null;
      words.textContent = said.replace(/: (\d+ strongest of )?/, few ?? ":\n$1");
      const [side, columns] = narrow ? [FINGER, across] : fitting(names.length, share, HEIGHT);
      column.style.width = narrow ? "auto" : `${Math.max(columns * (side + 2), 92)}px`;
      tiles.style.gridTemplateColumns = `repeat(${columns}, ${side}px)`;
      tiles.style.setProperty("--side", `${side}px`);
    });
    this.drawLines();
  }

  // The lines of what is looked at; of nothing in particular, those that lead to the answer.
  drawLines() {
    const { links, answer } = this.data;
    const end = this.chosen ?? answer;
    const drawn = this.looked ? touching(links, this.looked) : path(links, end);
    const frame = this.flow.getBoundingClientRect();
    this.lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    this.lines.replaceChildren(...drawn.map((each) => this.line(each, frame)).filter(Boolean));
    const ends = new Set(drawn.flatMap(({ gap, from, to }) => [`${gap - 1} ${from}`, `${gap} ${to}`]));
    this.columns.forEach(({ tiles }, layer) => [...tiles.children].forEach((tile, place) =>
      tile.classList.toggle("joined", ends.has(`${layer} ${place}`))));
    [...this.find(".rows").children].forEach((row, digit) =>
      row.setAttribute("aria-pressed", !this.looked && digit === end));
  }

  line({ gap, from, to, value, share }, frame) {
    const [start, end] = [this.spot(gap - 1, from, frame), this.spot(gap, to, frame)];
    if (!start || !end) return null;
    const made = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const narrow = this.flow.classList.contains("narrow");
    const middle = narrow ? (start.y + end.y) / 2 : (start.x + end.x) / 2;
    made.setAttribute("d", narrow
      ? `M${start.x} ${start.y} C${start.x} ${middle} ${end.x} ${middle} ${end.x} ${end.y}`
      : `M${start.x} ${start.y} C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`);
    made.setAttribute("stroke", value > 0 ? FOR : AGAINST);
    if (value < 0) made.setAttribute("stroke-dasharray", "2 4");
    made.setAttribute("stroke-width", (0.5 + 1.1 * share).toFixed(2));
    made.setAttribute("stroke-opacity", (0.35 + 0.5 * share).toFixed(2));
    return made;
  }

  // The middle of a unit; of a pixel its place on the picture; of an answer the near end.
  spot(layer, place, frame) {
    let box = null;
    let [across, down] = [0.5, 0.5];
    if (layer < 0) {
      box = this.find(".picture img");
      if (!this.data.whole) {
        [across, down] = [((place % 28) + 0.5) / 28, (Math.floor(place / 28) + 0.5) / 28];
      }
    } else if (layer < this.columns.length) {
      box = this.columns[layer].tiles.children[place];
    } else {
      box = this.find(".rows").children[place].firstChild;
      [across, down] = this.flow.classList.contains("narrow") ? [0.5, 0] : [0, 0.5];
    }
    if (box.hidden) return null;
    const { left, top, width, height } = box.getBoundingClientRect();
    return { x: left - frame.left + across * width, y: top - frame.top + down * height };
  }

  leave() {
    if (!this.root.isConnected) this.resizes.disconnect();
  }
}

// The strongest links that lead to an answer, from the last gap back to the picture.
function path(links, answer) {
  let ends = new Set([answer]);
  const found = [];
  for (let gap = links.length - 1; gap >= 0; gap -= 1) {
    const most = PATH[Math.min(links.length - 1 - gap, PATH.length - 1)];
    const some = strongest(links, gap, ([, to]) => ends.has(to)).slice(0, most);
    found.push(...some);
    ends = new Set(some.map(({ from }) => from));
  }
  return found;
}

// The strongest links from and to one unit.
function touching(links, [layer, place]) {
  return [
    ...(links[layer] ? strongest(links, layer, ([, to]) => to === place).slice(0, MOST) : []),
    ...(links[layer + 1] ? strongest(links, layer + 1, ([from]) => from === place).slice(0, MOST) : []),
  ];
}

// Links come with the strongest first.
function strongest(links, gap, wanted) {
  const some = links[gap].filter(wanted);
  const largest = Math.abs(some[0]?.[2] ?? 1);
  return some.map(([from, to, value]) =>
    ({ gap, from, to, value, share: Math.abs(value) / largest }));
}

// The side of the tiles of a layer, and how many stand side by side.
function fitting(count, width, height) {
  let best = [1, 1];
  for (let columns = 1; columns <= Math.min(count, 28); columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.floor(Math.min(width / columns, height / rows, 56)) - 2;
    if (side > best[0]) best = [side, columns];
  }
  return best;
}

function element(name, className = "") {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
