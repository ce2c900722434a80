// A network as dots, as bright as what they hand on; a click or the arrow keys choose a unit.
// It draws the numbers that it is given. Where the dots stand is given, too, from 0 to 1. The
// colours of ink and of what is handed on are those of tiles.js, which is appended to this file.

const NAMESPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [660, 400];
const SIDES = { adds: "#E69F00", takes: "#56B4E9" };
const WAVE = 350; // milliseconds from layer to layer

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".dots");
  root.dots ??= new Dots(root);
  root.dots.show(data, setTriggerValue);
}

class Dots {
  constructor(root) {
    this.root = root;
    this.svg = root.appendChild(make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }));
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.svg.onclick = (event) => this.click(event);
    root.onkeydown = (event) => this.press(event);
    new ResizeObserver(() => this.letter()).observe(root);
  }

  show(data, send) {
    this.data = data;
    this.send = send;
    const { root, svg } = this;
    root.setAttribute("aria-label", data.label);
    root.setAttribute("role", data.clickable ? "application" : "img");
    root.tabIndex = data.clickable ? 0 : -1;
    svg.classList.toggle("clickable", data.clickable);
    svg.replaceChildren();
    this.links = svg.appendChild(make("g"));
    data.layers.forEach((layer, block) => this.layer(layer, block));
    svg.append(text(data.name, 4, HEIGHT - 6, "name"));
    this.join();
    this.letter();
  }

  layer({ places, values, head, words, best }, block) {
    const { svg, data } = this;
    const lit = block < data.lit;
    const fresh = lit && block === data.lit - 1 && data.lit !== this.before && !this.still;
    const group = svg.appendChild(make("g", fresh ? { class: "fresh", style: `--wave:${WAVE}ms` } : {}));
    const size = places.size * WIDTH;
    values.forEach((value, unit) => {
      const [x, y] = this.place(block, unit);
      const fill = `rgb(${colour(lit ? value / 100 : 0, block === 0).map(Math.round).join()})`;
      group.append(block
        ? make("circle", { cx: x, cy: y, r: size, fill })
        : make("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, fill }));
      if (words) {
        group.append(text(words[unit], x + size + 7, y + 5, lit && best === unit ? "word best" : "word"));
      }
    });
    const middle = ((places.left + places.right) / 2) * WIDTH;
    svg.append(text(head[0], middle, 17, "head strong"), text(head[1], middle, 34, "head"));
  }

  // Lines to the chosen unit: orange ones add, dotted blue ones take away.
  join() {
    if (!this.data.chosen) return;
    const [block, unit] = this.data.chosen;
    const [x, y] = this.place(block, unit);
    for (const [from, side] of this.data.links) {
      const [fromX, fromY] = this.place(block - 1, from);
      this.links.append(make("line", {
        x1: fromX, y1: fromY, x2: x, y2: y, stroke: SIDES[side], class: side }));
    }
    const radius = this.data.layers[block].places.size * WIDTH + 4;
    this.svg.append(make("circle", { cx: x, cy: y, r: radius, class: "ring" }));
  }

  place(block, unit) {
    const { x, y } = this.data.layers[block].places;
    return [x[unit] * WIDTH, 54 + y[unit] * (HEIGHT - 70)];
  }

  // Letters keep their size where the drawing shrinks.
  letter() {
    const scale = Math.min(this.svg.clientWidth / WIDTH, this.svg.clientHeight / HEIGHT) || 1;
    this.svg.style.fontSize = `${Math.min(19, 13 / scale)}px`;
    this.before = this.data?.lit;
  }

  click(event) {
    if (!this.data.clickable) return;
    const seen = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = seen.matrixTransform(this.svg.getScreenCTM().inverse());
    let [nearest, least] = [null, Infinity];
    this.data.layers.forEach((layer, block) => block && layer.values.forEach((_, unit) => {
      const [dotX, dotY] = this.place(block, unit);
      const distance = Math.hypot(dotX - x, dotY - y);
      if (distance < least) [nearest, least] = [[block, unit], distance];
    }));
    if (least < 22) this.choose(nearest);
  }

  press(event) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!step || !this.data.clickable) return;
    event.preventDefault();
    const [block, unit] = this.data.chosen;
    const layer = Math.max(1, Math.min(this.data.layers.length - 1, block + step[0]));
    const last = this.data.layers[layer].values.length - 1;
    this.choose([layer, Math.max(0, Math.min(last, unit + step[1]))]);
  }

  choose(chosen) {
    this.data.chosen = chosen; // the next key counts from here, also before the server has answered
    this.send("chosen", chosen);
  }
}

function text(words, x, y, look) {
  const part = make("text", { x, y, class: look });
  part.textContent = words;
  return part;
}

function make(name, attributes = {}) {
  const part = document.createElementNS(NAMESPACE, name);
  Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, value));
  return part;
}
