// The stage of Home: draws a network at work, layer by layer, and its answer. Until the pad is
// touched it plays the recorded digits; then it shows what the server says of each drawing.
// It measures nothing: every number it draws was handed over.

const PAPER = ".st-key-home-paper"; // the pad, beside this component
const PEN = 41 / 640; // width of the pen as a share of the pad, as the visitor's own
const WRITING = 1100; // milliseconds for the strokes of a recorded digit
const STEP = 260; // from layer to layer in the demonstration
const QUICK = 30; // the same for the visitor's own drawing, whose answer is there at once
const REST = 1800; // that an answer of the demonstration stands
const DARK = [22, 27, 34];
const GLOW = [86, 180, 233]; // Okabe and Ito's sky blue, on the way to white

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".stage");
  root.stage ??= new Stage(root);
  root.stage.show(data);
  return () => root.stage.leave();
}

class Stage {
  constructor(root) {
    const find = (name) => root.querySelector(`.${name}`);
    this.parts = Object.fromEntries(
      ["network", "answer", "sure", "bars", "read-by", "spoken"].map((name) => [name, find(name)]));
    this.turn = 0; // counts what was shown: whatever belongs to an earlier turn stops
    this.touched = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.makeBars();
  }

  async show(data) {
    clearTimeout(this.leaving);
    this.data = data;
    namePad(document.querySelector(PAPER));
    if (data.reading || data.message) this.touched = true;
    if (data.demonstration && !this.touched) {
      if (!this.playing) this.play(data.demonstration);
      return;
    }
    this.stopPlaying();
    const turn = ++this.turn;
    this.parts["read-by"].textContent = data.message || (data.reading ? data.read_by : "");
    this.parts.spoken.textContent = data.message || (data.reading?.said ?? "");
    if (!data.reading) return this.clear();
    this.say(data.reading);
    await this.draw(data.reading);
    await this.light(turn, this.still ? 0 : QUICK);
  }

  // The recorded digits one after the other, for ever; with reduced motion the first one, for good.
  async play(digits) {
    this.playing = true;
    this.turn += 1;
    const { turn } = this;
    const goesOn = () => this.playing && turn === this.turn;
    this.parts.network.setAttribute("aria-label",
      "Real pen digits are drawn and read by the network, one after the other");
    this.parts["read-by"].textContent = this.data.read_by;
    await this.draw(digits[0], true);
    this.unlight();
    const sheet = await this.laySheet(goesOn);
    for (let number = 0; sheet && goesOn(); number = (number + 1) % digits.length) {
      const digit = digits[number];
      this.clear();
      await this.write(sheet, digit.strokes, goesOn);
      if (!goesOn()) return;
      await this.draw(digit);
      await this.light(turn, this.still ? 0 : STEP);
      if (!goesOn()) return;
      this.say(digit);
      if (this.still) return;
      await pause(REST);
    }
  }

  stopPlaying() {
    this.playing = false;
    this.sheet?.remove();
    this.parts.network.setAttribute("aria-label", "The layers of the network, from the picture on");
  }

  // A sheet over the pad that lets every touch through to it; the first one takes it away.
  async laySheet(goesOn) {
    let paper = null;
    while (goesOn() && !(paper = document.querySelector(PAPER))) await pause(100);
    if (!paper) return null;
    namePad(paper);
    this.sheet?.remove();
    this.sheet = document.createElement("canvas");
    this.sheet.className = "demonstration";
    this.sheet.setAttribute("aria-hidden", "true");
    this.sheet.style.cssText =
      "position:absolute;inset:0;width:100%;height:100%;pointer-events:none;z-index:30";
    paper.append(this.sheet);
    const listening = new AbortController();
    const touch = () => {
      listening.abort();
      this.touched = true;
      this.turn += 1;
      this.stopPlaying();
      this.clear();
      this.parts["read-by"].textContent = "";
    };
    for (const kind of ["pointerdown", "keydown"]) {
      paper.addEventListener(kind, touch, { capture: true, signal: listening.signal });
    }
    return this.sheet;
  }

  // The strokes of a digit, point by point as they were written, at an even pace.
  async write(sheet, strokes, goesOn) {
    const side = Math.round(sheet.clientWidth * devicePixelRatio) || 640;
    sheet.width = sheet.height = side;
    const pen = sheet.getContext("2d");
    Object.assign(pen, { lineWidth: PEN * side, lineCap: "round", lineJoin: "round" });
    pen.font = `${Math.round(side / 24)}px sans-serif`;
    Object.assign(pen, { textAlign: "center", fillStyle: "#767676" });
    const points = strokes.flat();
    const [lowX, lowY] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])));
    const [highX, highY] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])));
    const scale = (0.7 * side) / Math.max(highX - lowX, highY - lowY, 1);
    const place = ([x, y]) => [
      side / 2 + (x - (lowX + highX) / 2) * scale, side / 2 + (y - (lowY + highY) / 2) * scale];
    const begun = performance.now();
    for (let shown = 0; shown < points.length && goesOn();) {
      shown = this.still ? points.length
        : Math.min(points.length, Math.ceil(((performance.now() - begun) / WRITING) * points.length));
      pen.clearRect(0, 0, side, side);
      pen.fillText("Draw here", side / 2, 0.97 * side);
      pen.beginPath();
      let left = shown;
      for (const stroke of strokes) {
        const part = stroke.slice(0, Math.max(0, left)).map(place);
        left -= stroke.length;
        part.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
        if (part.length === 1) pen.lineTo(...part[0]);
      }
      pen.stroke();
      await frame();
    }
  }

  // Every layer as one small picture, dark until it is lit. A network of another shape gets others.
  async draw(reading, empty = false) {
    const levels = await unpacked(reading.levels);
    const shape = JSON.stringify(reading.shapes);
    if (shape !== this.shape) {
      this.shape = shape;
      this.parts.network.replaceChildren(...reading.shapes.map((_, number) => layer(reading, number)));
    }
    let start = 0;
    reading.shapes.forEach(({ units, side }, number) => {
      const size = units * side * side;
      const part = levels.subarray(start, start + size);
      start += size;
      paint(this.layers[number].querySelector("canvas"), empty ? part.map(() => 0) : part, units, side);
      this.layers[number].classList.remove("lit");
    });
  }

  async light(turn, step) {
    for (const each of this.layers) {
      if (turn !== this.turn) return;
      each.classList.add("lit");
      if (step) await pause(step);
    }
  }

  get layers() {
    return [...this.parts.network.children];
  }

  unlight() {
    for (const each of this.layers) each.classList.remove("lit");
  }

  // The answer in large type, and ten bars.
  say({ answer, none, below, sure, shares }) {
    this.parts.answer.textContent = none ? "?" : answer;
    this.parts.sure.textContent = below;
    shares.forEach((share, digit) => this.setBar(digit, share, digit === answer, sure[digit]));
  }

  clear() {
    for (const name of ["answer", "sure"]) this.parts[name].textContent = "";
    for (let digit = 0; digit < 10; digit += 1) this.setBar(digit, 0, false, "");
    for (const each of this.layers) {
      const canvas = each.querySelector("canvas");
      paint(canvas, new Uint8Array(canvas.units * canvas.side ** 2), canvas.units, canvas.side);
    }
    this.unlight();
  }

  makeBars() {
    for (let digit = 0; digit < 10; digit += 1) {
      const [name, track, bar] = ["span", "div", "div"].map((kind) => document.createElement(kind));
      name.textContent = digit;
      [track.className, bar.className] = ["track", "bar"];
      track.append(bar);
      this.parts.bars.append(name, track);
    }
  }

  setBar(digit, share, best, sure) {
    const [name, track] = [...this.parts.bars.children].slice(2 * digit, 2 * digit + 2);
    for (const each of [name, track]) each.classList.toggle("best", best);
    track.firstChild.style.width = `${100 * share}%`;
    track.title = sure;
  }

  // Streamlit also calls this before it shows newer data in the same place.
  leave() {
    this.leaving = setTimeout(() => {
      if (this.parts.network.isConnected) return;
      this.turn += 1;
      this.stopPlaying();
    });
  }
}

// For screen readers: the canvas itself has no name.
function namePad(paper) {
  paper?.setAttribute("role", "group");
  paper?.setAttribute("aria-label", "Pad to draw a digit on");
}

function layer(reading, number) {
  const [made, name, canvas] = ["div", "small", "canvas"].map((kind) => document.createElement(kind));
  const { units, side } = reading.shapes[number];
  made.className = "layer";
  name.textContent = reading.labels[number];
  Object.assign(canvas, { units, side });
  made.append(name, canvas);
  return made;
}

// Rows of a layer's tiles: about five times as wide as high, and full rows where that can be.
function rowsOf(units) {
  const about = Math.max(1, Math.round(Math.sqrt(units / 5)));
  return [about, about - 1, about + 1].find((rows) => rows > 0 && units % rows === 0) ?? about;
}

// Levels, 0 to 255, unit after unit and row after row, as tiles side by side.
function paint(canvas, levels, units, side) {
  const rows = rowsOf(units);
  const columns = Math.ceil(units / rows);
  const zoom = side === 1 ? 3 : 1; // a unit with one number is a small square
  const [tile, gap] = [side * zoom, units > 1 ? 1 : 0];
  canvas.width = columns * (tile + gap) - gap;
  canvas.height = rows * (tile + gap) - gap;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(canvas.width, canvas.height);
  levels.forEach((level, index) => {
    const [unit, inside] = [Math.floor(index / side ** 2), index % side ** 2];
    const left = (unit % columns) * (tile + gap) + (inside % side) * zoom;
    const top = Math.floor(unit / columns) * (tile + gap) + Math.floor(inside / side) * zoom;
    for (let spot = 0; spot < zoom * zoom; spot += 1) {
      const [x, y] = [left + (spot % zoom), top + Math.floor(spot / zoom)];
      image.data.set([...colour(level / 255, units === 1), 255], 4 * (y * canvas.width + x));
    }
  });
  pen.putImageData(image, 0, 0);
}

// Dark where nothing lights up, then blue, then white; the picture itself in greys.
function colour(level, isPicture) {
  if (isPicture) return DARK.map((dark) => dark + (255 - dark) * level);
  const [from, to, share] = level < 0.6
    ? [DARK, GLOW, level / 0.6] : [GLOW, [255, 255, 255], (level - 0.6) / 0.4];
  return from.map((value, channel) => value + (to[channel] - value) * share);
}

// Bytes that were compressed with zlib and written in base64.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
