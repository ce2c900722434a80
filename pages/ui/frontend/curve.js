// A curve with a ball on it that can be dragged, or moved with the arrow keys. The ball stands on
// the points it was given and nowhere between them: it shows what was computed, and guesses nothing.
// A point between two of them (`at`) is shown too, where a step of the server ends there.

const NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = { left: 46, right: 16, top: 14, bottom: 42 };
const ROLL = 500; // milliseconds that the ball takes to a new place

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".curve");
  root.curve ??= new Curve(root);
  root.curve.show(data, setTriggerValue);
}

class Curve {
  constructor(root) {
    this.readout = root.querySelector(".readout");
    this.plot = root.querySelector(".plot");
    this.svg = this.plot.appendChild(make("svg"));
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.svg.onpointerdown = (event) => {
      this.svg.setPointerCapture(event.pointerId);
      this.dragging = true;
      this.follow(event);
    };
    this.svg.onpointermove = (event) => this.dragging && this.follow(event);
    this.svg.onpointerup = this.svg.onpointercancel = () => {
      this.dragging = false;
      this.tell();
    };
    this.plot.onkeydown = (event) => this.press(event);
    new ResizeObserver(() => this.paint()).observe(this.plot);
  }

  show(data, send) {
    const before = this.at;
    const goes = this.data?.turn !== data.turn; // else the ball stays where the visitor left it
    this.data = data;
    this.send = send;
    this.plot.setAttribute("aria-label", data.handle);
    this.plot.style.setProperty("--above", `${data.above}rem`);
    if (this.dragging) return;
    this.at = goes || data.sends ? data.at : this.nearest(before.x);
    if (goes && before && !this.still) this.roll(before.x, data.at);
    else this.paint();
  }

  // To a new place along the curve.
  roll(from, end) {
    const begun = performance.now();
    const { turn } = this.data;
    const next = () => {
      const share = Math.min(1, (performance.now() - begun) / ROLL);
      if (this.data.turn !== turn || this.dragging) return;
      this.at = share < 1 ? this.nearest(from + (end.x - from) * share) : end;
      this.paint();
      if (share < 1) requestAnimationFrame(next);
    };
    next();
  }

  nearest(x) {
    const { x: xs, y: ys } = this.data;
    const place = xs.reduce((best, each, i) => (Math.abs(each - x) < Math.abs(xs[best] - x) ? i : best), 0);
    return { x: xs[place], y: ys[place], place };
  }

  follow(event) {
    const box = this.svg.getBoundingClientRect();
    const { low, high } = this.across;
    const share = (event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right);
    this.at = this.nearest(low + share * (high - low));
    this.paint();
  }

  press(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { x: xs } = this.data;
    const place = this.nearest(this.at.x).place + step;
    this.at = this.nearest(xs[Math.max(0, Math.min(xs.length - 1, place))]);
    this.paint();
    this.tell();
  }

  tell() {
    if (this.data.sends && this.at.x !== this.data.at.x) this.send("moved", this.at.x);
  }

  paint() {
    const [width, height] = [this.plot.clientWidth, this.plot.clientHeight];
    if (!width || !this.data) return;
    const { data, svg, at } = this;
    this.across = { low: data.x[0], high: data.x.at(-1) };
    const bottom = Math.min(0, ...data.y);
    const top = data.top ?? Math.max(...data.y);
    const { low, high } = this.across;
    const X = (x) => MARGIN.left + ((x - low) / (high - low)) * (width - MARGIN.left - MARGIN.right);
    const Y = (y) => height - MARGIN.bottom
      - ((y - bottom) / (top - bottom)) * (height - MARGIN.top - MARGIN.bottom);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren();
    const add = (name, attributes, text) => {
      const part = svg.appendChild(make(name, attributes));
      if (text) part.textContent = text;
    };
    const line = (xs, ys, look) =>
      add("path", { class: look, d: xs.map((x, i) => `${i ? "L" : "M"}${X(x)},${Y(ys[i])}`).join("") });
    for (const mark of marks(low, high)) {
      add("line", { class: "grid", x1: X(mark), x2: X(mark), y1: Y(bottom), y2: Y(top) });
      add("text", { x: X(mark), y: height - MARGIN.bottom + 17, "text-anchor": "middle" }, number(mark));
    }
    for (const mark of marks(bottom, top)) {
      add("line", { class: "grid", x1: X(low), x2: X(high), y1: Y(mark), y2: Y(mark) });
      add("text", { x: MARGIN.left - 8, y: Y(mark) + 5, "text-anchor": "end" }, number(mark));
    }
    add("text", { x: X(high), y: height - 4, "text-anchor": "end", class: "title" }, data.titles[0]);
    add("text", { x: X(low) + 8, y: MARGIN.top + 12, class: "title" }, data.titles[1]);
    line(data.x, data.y, "line");
    if (data.tangent && at.x === data.at.x) {
      const ends = data.tangent.x.map((x) => Math.max(low, Math.min(high, x)));
      line(ends, ends.map((x) => straight(data.tangent, x)), "tangent");
    }
    line([at.x, at.x, low], [bottom, at.y, at.y], "guide");
    const [x, y] = [X(at.x), Y(at.y)];
    add("circle", { class: "ball", cx: x, cy: y, r: 14 });
    add("path", { class: "hold", d: `M${x - 4},${y - 4}l-4,4l4,4M${x + 4},${y - 4}l4,4l-4,4` });
    this.say();
  }

  say() {
    const [x, y] = [this.at.x, this.at.y].map((value, i) => number(value, this.data.decimals[i]));
    const words = this.data.says.replace("{x}", x).replace("{y}", y);
    this.readout.textContent = words;
    this.plot.setAttribute("aria-valuenow", this.at.x);
    this.plot.setAttribute("aria-valuemin", this.data.x[0]);
    this.plot.setAttribute("aria-valuemax", this.data.x.at(-1));
    this.plot.setAttribute("aria-valuetext", words);
  }
}

// Whole or half or tenth steps, about five of them.
function marks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i += 1) found.push(i * step);
  return found;
}

// The height at x of the straight line through two points.
function straight({ x: [x0, x1], y: [y0, y1] }, x) {
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

// With a real minus sign, and never a "−0".
function number(value, decimals) {
  const text = decimals === undefined ? String(+value.toFixed(6)) : value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

function make(name, attributes = {}) {
  const part = document.createElementNS(NAMESPACE, name);
  Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, value));
  return part;
}
