// A map of digits: numerals from afar, pictures from close by. One is shown large under the
// pointer, the finger or the arrow keys; the visitor's own digit flies to its place, and threads
// lead to the digits that are nearest to it. It measures nothing: places come from core/explain.

const TILE = 28; // pixels of a picture in the sheet
const LARGE = 84; // pixels, the side of the picture that is pointed at
const OWN = 46; // of the visitor's own digit
const HANGS = 90; // pixels that it hangs from its place
const PICTURES_FROM = 1.7; // times as large: from here on pictures take the place of numerals
const MOST = 24; // times as large, at most
const EDGE = 30; // pixels round the map
const NEAR = { mouse: 15, pen: 15, touch: 30 }; // pixels within which each finds a digit
const [FLIGHT, THREADS, MOVE] = [1100, 450, 350]; // milliseconds
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".digit-map");
  root.map ??= new DigitMap(root);
  root.map.show(data);
  return () => root.map.leave();
}

class DigitMap {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    [this.canvas, this.card] = [this.find("canvas"), this.find(".card")];
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.view = { zoom: 1, x: 0.5, y: 0.5 }; // the middle of what is seen, as a share of the map
    this.index = null; // of the digit that is shown large
    this.touches = new Map();
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.canvas);
    this.listen();
  }

  show(data) {
    const before = this.places;
    this.data = data;
    this.places = data.x.map((x, index) => [x / data.steps, data.y[index] / data.steps]);
    this.from = before?.length === this.places.length ? before : this.places;
    this.moved = performance.now();
    this.canvas.setAttribute("aria-label", data.words);
    this.find(".mistakes").textContent = `Mistakes (${this.wrong().length})`;
    this.find(".legend").style.visibility = data.own ? "visible" : "hidden";
    this.find(".legend span").textContent = `to the ${data.near.length} most like it`;
    this.takePictures();
    if (data.own && this.flight !== data.own.key) {
      this.flight = data.own.key;
      this.begun = performance.now();
    }
    if (!data.own) this.flight = null;
    this.hide();
    this.draw();
  }

  // The pictures of all digits lie in an image elsewhere on the page, that of the own digit here.
  takePictures(again = 40) {
    this.sheet = document.getElementById(this.data.sheet);
    if (this.sheet) this.sheet.decode().then(() => this.draw(), () => {});
    else if (again) setTimeout(() => this.takePictures(again - 1), 250);
    if (!this.data.own || this.own?.src === this.data.own.image) return;
    this.own = new Image();
    this.own.onload = () => this.draw();
    this.own.src = this.data.own.image;
  }

  listen() {
    const { canvas } = this;
    canvas.onpointerdown = (event) => this.press(event);
    canvas.onpointermove = (event) => this.move(event);
    canvas.onpointerup = canvas.onpointercancel = (event) => this.release(event);
    canvas.onpointerleave = ({ pointerType }) => pointerType === "mouse" && this.hide();
    canvas.onblur = () => this.hide();
    canvas.onkeydown = (event) => this.walk(event);
    canvas.ondblclick = (event) => this.zoom(2, this.spotOf(event));
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !canvas.matches(":focus")) return; // the page is scrolled past it
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), this.spotOf(event));
    }, { passive: false });
    this.find(".closer").onclick = () => this.zoom(1.6);
    this.find(".farther").onclick = () => this.zoom(1 / 1.6);
    const mistakes = this.find(".mistakes");
    mistakes.onclick = () => {
      mistakes.setAttribute("aria-pressed", mistakes.getAttribute("aria-pressed") !== "true");
      this.draw();
    };
  }

  wrong() {
    const { labels, answers } = this.data;
    return [...labels].map((label, index) => (label === answers[index] ? -1 : index))
      .filter((index) => index >= 0);
  }

  spotOf({ clientX, clientY }) {
    const { left, top } = this.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  press(event) {
    this.touches.set(event.pointerId, this.spotOf(event));
    this.dragged = false;
    if (event.pointerType === "mouse" || this.view.zoom > 1) {
      this.canvas.setPointerCapture(event.pointerId);
    }
  }

  // One finger or the mouse drags the map, two make it larger.
  move(event) {
    const [spot, before] = [this.spotOf(event), this.touches.get(event.pointerId)];
    if (!before) return event.pointerType === "mouse" && this.point(spot, "mouse");
    const others = [...this.touches].filter(([id]) => id !== event.pointerId);
    this.touches.set(event.pointerId, spot);
    if (others.length) {
      const [other] = others.map(([, each]) => each);
      const apart = (each) => Math.hypot(each[0] - other[0], each[1] - other[1]) || 1;
      this.dragged = true;
      return this.zoom(apart(spot) / apart(before), other);
    }
    if (Math.hypot(spot[0] - before[0], spot[1] - before[1]) > 1) this.dragged = true;
    this.drag(spot[0] - before[0], spot[1] - before[1]);
  }

  release(event) {
    this.touches.delete(event.pointerId);
    if (!this.dragged && event.type === "pointerup") {
      this.point(this.spotOf(event), event.pointerType);
    }
  }

  drag(right, down) {
    const { width, height } = this.frame();
    this.look({ x: this.view.x - right / width, y: this.view.y - down / height });
  }

  // So many times as large; what lies at the spot stays there.
  zoom(times, spot = null) {
    const before = this.frame();
    const zoom = Math.min(MOST, Math.max(1, this.view.zoom * times));
    const [x, y] = spot ?? [before.middle[0], before.middle[1]];
    const grown = zoom / this.view.zoom;
    const fixed = [(x - before.middle[0]) / before.width, (y - before.middle[1]) / before.height];
    this.look({
      zoom,
      x: this.view.x + fixed[0] * (1 - 1 / grown),
      y: this.view.y + fixed[1] * (1 - 1 / grown),
    });
  }

  look(changed) {
    Object.assign(this.view, changed);
    const reach = 0.5 - 0.5 / this.view.zoom;
    for (const axis of ["x", "y"]) {
      this.view[axis] = Math.min(0.5 + reach, Math.max(0.5 - reach, this.view[axis]));
    }
    this.canvas.style.touchAction = this.view.zoom > 1 ? "none" : "pan-y";
    this.hide();
    this.draw();
  }

  // How large the map is drawn, in pixels, and where the middle of what is seen lies.
  frame() {
    const { clientWidth, clientHeight } = this.canvas;
    let [width, height] = [clientWidth - 2 * EDGE, clientHeight - 2 * EDGE];
    const { ratio } = this.data;
    if (ratio) [width, height] = [Math.min(width, height * ratio), Math.min(height, width / ratio)];
    const { zoom } = this.view;
    return { width: width * zoom, height: height * zoom, middle: [clientWidth / 2, clientHeight / 2] };
  }

  onScreen([x, y], frame = this.frame()) {
    return [
      frame.middle[0] + (x - this.view.x) * frame.width,
      frame.middle[1] + (y - this.view.y) * frame.height,
    ];
  }

  spots() {
    const frame = this.frame();
    const { clientWidth, clientHeight } = this.canvas;
    return this.places
      .map((place, index) => ({ index, spot: this.onScreen(place, frame) }))
      .filter(({ spot: [x, y] }) => x >= 0 && x <= clientWidth && y >= 0 && y <= clientHeight);
  }

  point([x, y], kind) {
    const away = ({ spot }) => Math.hypot(spot[0] - x, spot[1] - y);
    const found = nearest(this.spots(), away, NEAR[kind] ?? NEAR.mouse);
    if (found) this.open(found);
    else this.hide();
  }

  // The next digit in the direction of an arrow key; the first one is in the middle.
  walk(event) {
    if (event.key === "Escape") return this.hide();
    if (["+", "=", "-"].includes(event.key)) return this.zoom(event.key === "-" ? 1 / 1.6 : 1.6);
    if (!ARROWS[event.key]) return;
    event.preventDefault();
    const spots = this.spots();
    const here = spots.find(({ index }) => index === this.index);
    const from = here?.spot ?? this.frame().middle;
    const [right, down] = ARROWS[event.key];
    const found = nearest(spots, ({ spot }) => {
      const [dx, dy] = [spot[0] - from[0], spot[1] - from[1]];
      if (!here) return Math.hypot(dx, dy);
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      return ahead > 0.5 && aside <= ahead ? ahead + aside : Infinity;
    });
    if (found) this.open(found);
  }

  open({ index, spot: [left, top] }) {
    this.index = index;
    const [label, answer] = [this.data.labels[index], this.data.answers[index]];
    const read = label === answer ? "read correctly" : `read as ${answer}`;
    this.card.querySelector("span").textContent = `a ${label}, ${read}`;
    const picture = this.card.querySelector("i");
    const [column, row] = [index % this.data.columns, Math.floor(index / this.data.columns)];
    Object.assign(picture.style, {
      backgroundImage: this.sheet ? `url(${this.sheet.src})` : "none",
      backgroundSize: `${this.data.columns * LARGE}px auto`,
      backgroundPosition: `${-column * LARGE}px ${-row * LARGE}px`,
    });
    this.card.style.opacity = 1;
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const { clientWidth, clientHeight } = this.canvas;
    const across = left + 18 + width > clientWidth ? left - 18 - width : left + 18;
    const along = Math.min(Math.max(0, top - height / 2), clientHeight - height);
    Object.assign(this.card.style, { left: `${Math.max(0, across)}px`, top: `${along}px` });
    this.draw();
  }

  hide() {
    if (this.index === null) return;
    this.index = null;
    this.card.querySelector("span").textContent = "";
    this.card.style.opacity = 0; // still there, to be read aloud
    this.draw();
  }

  // Once now, and again and again while something moves.
  draw() {
    if (this.waiting || !this.data) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      if (this.canvas.isConnected && this.canvas.clientWidth && paint(this)) this.draw();
    });
  }

  // How far along something is that began then and takes so long, from 0 to 1.
  part(began, takes) {
    const share = this.still ? 1 : Math.min(1, Math.max(0, (performance.now() - began) / takes));
    return 1 - (1 - share) ** 3;
  }

  leave() {
    if (!this.root.isConnected) this.resizes.disconnect();
  }
}

// Draws the map; whether something on it still moves.
function paint(map) {
  const { canvas, data, view } = map;
  const [ink, accent] = ["#FFFFFF", "#56B4E9"]; // it is as dark as digits are, in both themes
  const { clientWidth, clientHeight } = canvas;
  canvas.width = clientWidth * devicePixelRatio;
  canvas.height = clientHeight * devicePixelRatio;
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  const frame = map.frame();
  const moving = map.part(map.moved, MOVE);
  const spots = map.places.map((place, index) =>
    map.onScreen(between(map.from[index], place, moving), frame));
  if (moving === 1) map.from = map.places;
  const onlyMistakes = map.find(".mistakes").getAttribute("aria-pressed") === "true";
  const side = view.zoom < PICTURES_FROM ? 0 : Math.min(46, 13 + 3 * view.zoom);
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", font: "12px sans-serif" });
  const picture = (index, [x, y], size, color) => {
    pen.fillStyle = color;
    pen.fillRect(x - size / 2 - 1.5, y - size / 2 - 1.5, size + 3, size + 3);
    pen.drawImage(map.sheet, TILE * (index % data.columns), TILE * Math.floor(index / data.columns),
      TILE, TILE, x - size / 2, y - size / 2, size, size);
  };
  const ready = map.sheet?.complete && map.sheet.naturalWidth;
  spots.forEach(([x, y], index) => {
    if (x < -40 || y < -40 || x > clientWidth + 40 || y > clientHeight + 40) return;
    const color = data.colors[data.labels[index]];
    pen.globalAlpha = onlyMistakes && data.labels[index] === data.answers[index] ? 0.15 : 1;
    if (ready && (side || (onlyMistakes && pen.globalAlpha === 1))) {
      return picture(index, [x, y], side || 22, color);
    }
    pen.fillStyle = color;
    pen.fillText(data.labels[index], x, y);
  });
  pen.globalAlpha = 1;
  for (const index of onlyMistakes ? map.wrong() : []) {
    said(pen, data.answers[index], spots[index], side || 22, ink);
  }
  if (map.index !== null) {
    pen.strokeStyle = accent;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(...spots[map.index], Math.max(10, 0.75 * side), 0, 2 * Math.PI);
    pen.stroke();
  }
  const flying = data.own && paintOwn(map, pen, spots, frame, { ink, accent, picture, ready });
  return moving < 1 || Boolean(flying);
}

// What a digit was read as, at the corner of its picture.
function said(pen, answer, [x, y], size, ink) {
  pen.font = "bold 13px sans-serif";
  pen.fillStyle = ink;
  pen.fillText(`→${answer}`, x + size / 2 + 13, y);
}

// The visitor's own digit on its flight, then the threads; whether it still moves. It hangs beside
// its place, which has a ring, for its neighbours would lie under it.
function paintOwn(map, pen, spots, frame, { ink, accent, picture, ready }) {
  const { own, near, labels, colors } = map.data;
  const place = map.onScreen([own.x / map.data.steps, own.y / map.data.steps], frame);
  const flown = map.part(map.begun, FLIGHT);
  const drawn = map.part(map.begun + FLIGHT, THREADS);
  const [x, y] = between([-OWN, map.canvas.clientHeight], beside(place, map.canvas), flown);
  for (const index of flown === 1 ? near : []) thread(pen, [x, y], spots[index], drawn, ink, 1.5);
  if (drawn === 1 && ready) {
    for (const index of near) picture(index, spots[index], 26, colors[labels[index]]);
  }
  if (flown === 1) {
    thread(pen, [x, y], place, drawn, accent, 3);
    pen.beginPath();
    pen.arc(...place, 6, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.fillStyle = accent;
  pen.fillRect(x - OWN / 2 - 4, y - OWN / 2 - 4, OWN + 8, OWN + 8);
  pen.imageSmoothingEnabled = false;
  if (map.own?.complete) pen.drawImage(map.own, x - OWN / 2, y - OWN / 2, OWN, OWN);
  return drawn < 1;
}

// Where there is room for the own digit: toward the middle of what is seen.
function beside([x, y], { clientWidth, clientHeight }) {
  const [right, down] = [clientWidth / 2 - x, clientHeight / 2 - y];
  const away = Math.hypot(right, down);
  return away < 1 ? [x + HANGS, y] : [x + (HANGS * right) / away, y + (HANGS * down) / away];
}

function thread(pen, from, to, share, color, width) {
  Object.assign(pen, { strokeStyle: color, lineWidth: width });
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...between(from, to, share));
  pen.stroke();
}

const between = ([x, y], [toX, toY], share) => [x + (toX - x) * share, y + (toY - y) * share];

// The item with the smallest finite distance below `limit`; nothing where there is none.
function nearest(items, distance, limit = Infinity) {
  let [best, least] = [null, limit];
  for (const item of items) {
    const found = distance(item);
    if (found < least) [best, least] = [item, found];
  }
  return best;
}
