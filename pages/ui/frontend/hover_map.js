// Shows the picture that belongs to a point of a map, under the pointer, the finger or the arrow
// keys. The map itself is a chart of live_plot.js; the pictures lie in one hidden sheet.

const SHOWN = 84; // pixels, the side of a picture on the screen
const NEAR = { mouse: 15, pen: 15, touch: 30 }; // pixels within which each finds a point

export default async function show(component, plotlyAddress) {
  const { parentElement, data } = component;
  if (!hasWebGL()) for (const trace of data.chart.data) trace.type = "scatter"; // slower
  const live = await import(`./live_plot.js?${data.version}`);
  const leave = live.default(component, plotlyAddress);
  const node = parentElement.querySelector(".digitlab-live-plot");
  if (node) {
    node.hover ??= new Hover(node);
    node.hover.show(parentElement, data);
  }
  return leave;
}

class Hover {
  constructor(node) {
    this.node = node;
    this.index = null; // the picture that is shown
    this.ring = element("div", {
      position: "absolute", width: "20px", height: "20px", margin: "-10px 0 0 -10px",
      border: "3px solid var(--st-primary-color)", borderRadius: "50%", pointerEvents: "none",
    });
    this.picture = element("div", {
      width: `${SHOWN}px`, height: `${SHOWN}px`, margin: "auto", imageRendering: "pixelated",
    });
    this.words = element("div", { padding: "2px 6px", whiteSpace: "nowrap" });
    this.card = element("div", {
      position: "absolute", zIndex: 10, pointerEvents: "none", fontSize: "0.85rem",
      background: "var(--st-background-color)", color: "var(--st-text-color)",
      border: "1px solid var(--st-border-color)", borderRadius: "6px", overflow: "hidden",
    });
    this.words.setAttribute("role", "status");
    this.card.append(this.picture, this.words);
    node.tabIndex = 0;
    node.setAttribute("role", "application"); // it has keys of its own
    const byMouse = ({ pointerType }) => pointerType === "mouse";
    node.addEventListener("pointermove", (event) => byMouse(event) && this.point(event));
    node.addEventListener("pointerdown", (event) =>
      byMouse(event) ? this.hide() : this.point(event)); // a mouse draws a box to zoom into
    node.addEventListener("pointerleave", (event) => byMouse(event) && this.hide());
    node.addEventListener("blur", () => this.hide());
    node.addEventListener("keydown", (event) => this.walk(event));
  }

  show(parent, data) {
    this.data = data;
    this.columns = null; // the sheet may be another
    this.points = data.chart.data.flatMap(({ x, y, customdata }) =>
      customdata ? customdata.map((index, n) => ({ index, x: x[n], y: y[n] })) : []);
    parent.style.position = "relative";
    parent.append(this.ring, this.card);
    this.hide();
  }

  // Where Plotly draws a point, in pixels of the node; nothing while it has drawn none.
  spots() {
    const { xaxis, yaxis } = this.node._fullLayout ?? {};
    if (!xaxis?.l2p) return [];
    return this.points
      .map((point) => ({
        ...point,
        left: xaxis._offset + xaxis.l2p(point.x),
        top: yaxis._offset + yaxis.l2p(point.y),
      }))
      .filter(({ left, top }) =>
        left >= xaxis._offset && left <= xaxis._offset + xaxis._length &&
        top >= yaxis._offset && top <= yaxis._offset + yaxis._length);
  }

  point(event) {
    if (event.pointerType === "mouse" && event.buttons) return;
    const { left, top } = this.node.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const away = (spot) => Math.hypot(spot.left - x, spot.top - y);
    const found = nearest(this.spots(), away, NEAR[event.pointerType]);
    if (found) this.open(found);
    else this.hide();
  }

  // The next picture in the direction of an arrow key; the first one is in the middle.
  walk(event) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (event.key === "Escape") return this.hide();
    if (!step[event.key]) return;
    event.preventDefault();
    const spots = this.spots();
    const { clientWidth, clientHeight } = this.node;
    const here = spots.find(({ index }) => index === this.index);
    const from = here ?? { left: clientWidth / 2, top: clientHeight / 2 };
    const [right, down] = step[event.key];
    const found = nearest(spots, (spot) => {
      const [dx, dy] = [spot.left - from.left, spot.top - from.top];
      if (!here) return Math.hypot(dx, dy);
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      return ahead > 0.5 && aside <= ahead ? ahead + aside : Infinity;
    });
    if (found) this.open(found);
  }

  // Makes the sheet the background of the picture and returns how many pictures a row of it has.
  takeSheet() {
    const sheet = document.getElementById(`${this.data.key}-sheet`);
    const columns = sheet && Number(sheet.getAttribute("width"));
    Object.assign(this.picture.style, {
      display: sheet ? "block" : "none",
      backgroundImage: sheet ? `url(${sheet.src})` : "none",
      backgroundSize: `${columns * SHOWN}px auto`,
    });
    return columns;
  }

  open({ index, left, top }) {
    this.index = index;
    this.columns ??= this.takeSheet();
    const [column, row] = [index % this.columns, Math.floor(index / this.columns)];
    this.picture.style.backgroundPosition = `${-column * SHOWN}px ${-row * SHOWN}px`;
    const [label, answer] = [this.data.labels[index], this.data.answers[index]];
    const read = label === answer ? "read correctly" : `read as ${answer}`;
    this.words.textContent = `a ${label}, ${read}`;
    this.ring.style.opacity = this.card.style.opacity = 1;
    Object.assign(this.ring.style, { left: `${left}px`, top: `${top}px` });
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const across = left + 16 + width > this.node.clientWidth ? left - 16 - width : left + 16;
    const along = Math.min(Math.max(0, top - height / 2), this.node.clientHeight - height);
    Object.assign(this.card.style, { left: `${Math.max(0, across)}px`, top: `${along}px` });
  }

  hide() {
    this.index = null;
    this.words.textContent = "";
    this.ring.style.opacity = this.card.style.opacity = 0; // still there, to be read aloud
  }
}

let webGL = null; // whether the browser has it, once asked

function hasWebGL() {
  webGL ??= Boolean(document.createElement("canvas").getContext("webgl"));
  return webGL;
}

function element(name, style) {
  const made = document.createElement(name);
  Object.assign(made.style, style);
  return made;
}

// The item with the smallest finite distance below `limit`; nothing where there is none.
function nearest(items, distance, limit = Infinity) {
  let [best, least] = [null, limit];
  for (const item of items) {
    const found = distance(item);
    if (found < least) [best, least] = [item, found];
  }
  return best;
}
