// The stage of Home and Predict: draws a network at work, layer by layer, and its answer. Until the
// pad is touched it plays the recorded digits; then it shows what the server says of each drawing.
// It measures nothing: every number it draws was handed over.

const PAPER = '.st-key-stage-pad [class*="-paper"]'; // the pad, beside this component
const PEN = 41 / 640; // width of the pen as a share of the pad, as the visitor's own
const PALE = "#6C6C6C"; // a recorded digit, beside what calls the visitor to draw
const WRITING = 1100; // milliseconds for the strokes of a recorded digit
const STEP = 260; // from layer to layer in the demonstration
const QUICK = 30; // the same for the visitor's own drawing, whose answer is there at once
const REST = 1800; // that an answer of the demonstration stands

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".stage");
  root.stage ??= new Stage(root);
  root.stage.ask = (place) => setTriggerValue("why", place);
  root.stage.parts.inside.onclick = () => setTriggerValue("inside", true);
  root.stage.show(data);
  return () => root.stage.leave();
}

class Stage {
  constructor(root) {
    const find = (name) => root.querySelector(`.${name}`);
    this.parts = Object.fromEntries(
      ["network", "maps", "answer", "sure", "why", "inside", "bars", "below", "spoken"].map((name) => [name, find(name)]));
    this.turn = 0; // counts what was shown: whatever belongs to an earlier turn stops
    this.touched = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.makeBars();
    this.parts.why.onclick = () => {
      if (this.playing) this.turn += 1; // the recorded digit stays until the server has answered
      this.ask(this.chosen);
    };
  }

  async show(data) {
    clearTimeout(this.leaving);
    this.data = data;
    if (!data.demonstration) this.touched = true;
    if (data.demonstration && !this.touched) {
      if (!this.playing) this.play(data.demonstration);
      return;
    }
    this.stopPlaying();
    this.turn += 1;
    const said = data.demonstration ? "" : data.said;
    if (this.parts.spoken.textContent !== said) this.parts.spoken.textContent = said;
    this.tell(data.demonstration ? "" : data.why?.meaning || data.below);
    if (!data.readings.length) return this.clear(data.message);
    this.chosen = data.why?.place ?? Math.min(this.chosen ?? 0, data.readings.length - 1);
    await this.showDigit(this.chosen);
  }

  // One of the digits that were read: its way through the network, and its bars.
  async showDigit(place) {
    const { readings, why } = this.data;
    const [reading, turn] = [readings[place], this.turn];
    this.chosen = place;
    this.say(reading, readings);
    this.offerWhy(reading.why, why?.place === place);
    const isNew = reading.levels !== this.shown || this.parts.network.childElementCount === 0;
    this.shown = reading.levels;
    if (isNew) this.unlight();
    await this.draw(reading);
    if (turn !== this.turn || place !== this.chosen) return;
    await this.showPictures(readings);
    this.parts.maps.innerHTML = why?.place === place ? why.html : "";
    await this.light(turn, this.still || !isNew ? 0 : QUICK);
  }

  // What the network sees: of several digits each, to choose from.
  async showPictures(readings) {
    const tiles = [];
    for (const [place, reading] of readings.entries()) {
      const [{ units, side }] = reading.shapes;
      const canvas = document.createElement("canvas");
      paint(canvas, (await unpacked(reading.levels)).subarray(0, side * side), units, side);
      const several = readings.length > 1;
      const made = tile(
        several ? textOf(reading) : this.sees, "", canvas, several ? "button" : "div");
      if (several) {
        made.type = "button";
        made.setAttribute("aria-label", `Digit ${place + 1}, read as ${textOf(reading)}`);
        made.setAttribute("aria-pressed", place === this.chosen);
        made.onclick = () => this.showDigit(place);
      }
      tiles.push(made);
    }
    this.parts.network.querySelector(".picture")?.replaceChildren(...tiles);
  }

  // The recorded digits one after the other, for ever; with reduced motion the first one, for good.
  async play(digits) {
    this.playing = true;
    this.turn += 1;
    const { turn } = this;
    const goesOn = () => this.playing && turn === this.turn;
    this.parts.network.setAttribute("aria-label",
      "Real pen digits are drawn and read by the network, one after the other");
    this.tell(this.data.below);
    await this.draw(digits[0], true);
    this.unlight();
    const sheet = await this.laySheet(goesOn);
    for (let number = 0; sheet && goesOn(); number = (number + 1) % digits.length) {
      const digit = digits[number];
      this.clear();
      this.chosen = number;
      this.offerWhy("Why?", false);
      await this.write(sheet, digit.strokes, goesOn);
      if (!goesOn()) return;
      await this.draw(digit);
      await this.light(turn, this.still ? 0 : STEP);
      if (!goesOn()) return;
      this.say(digit, [digit]);
      this.offerWhy(digit.why, false);
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
      this.tell("");
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
    Object.assign(pen, { lineCap: "round", lineJoin: "round" });
    const points = strokes.flat();
    const [lowX, lowY] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])));
    const [highX, highY] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])));
    const scale = (0.55 * side) / Math.max(highX - lowX, highY - lowY, 1);
    const place = ([x, y]) => [
      side / 2 + (x - (lowX + highX) / 2) * scale, 0.36 * side + (y - (lowY + highY) / 2) * scale];
    const begun = performance.now();
    for (let shown = 0; shown < points.length && goesOn();) {
      shown = this.still ? points.length
        : Math.min(points.length, Math.ceil(((performance.now() - begun) / WRITING) * points.length));
      pen.clearRect(0, 0, side, side);
      Object.assign(pen, { lineWidth: PEN * side, strokeStyle: PALE });
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
    [this.sees, this.shapes] = [reading.labels[0], reading.shapes];
    if (shape !== this.shape) {
      this.shape = shape;
      this.parts.network.replaceChildren(...reading.labels.map(layer));
    }
    let start = 0;
    reading.shapes.forEach(({ units, side }, number) => {
      const size = units * side * side;
      const part = levels.subarray(start, start + size);
      start += size;
      paint(this.canvas(number), empty ? part.map(() => 0) : part, units, side);
    });
  }

  canvas(number) {
    return this.layers[number].querySelector("canvas");
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

  // The answer in large type, of several digits all; ten bars of one.
  say({ answer, below, sure, shares }, readings) {
    const text = readings.map(textOf).join("");
    this.parts.answer.classList.remove("message");
    this.parts.answer.style.setProperty("--digits", Math.max(1.7, text.length));
    if (this.parts.answer.textContent !== text && !this.still) {
      this.parts.answer.animate([{ transform: "scale(0.5)", opacity: 0 }, {}], { duration: 250 });
    }
    this.parts.answer.textContent = text;
    this.parts.sure.textContent = readings.length > 1 ? `${answer}: ${below}` : below;
    shares.forEach((share, digit) => this.setBar(digit, share, digit === answer, sure[digit]));
  }

  // Nothing is read; a sentence may stand in place of the answer.
  clear(message = "") {
    this.parts.answer.classList.toggle("message", Boolean(message));
    this.parts.answer.textContent = message;
    this.parts.sure.textContent = "";
    this.offerWhy("", false);
    for (let digit = 0; digit < 10; digit += 1) this.setBar(digit, 0, false, "");
    this.shown = "";
    this.parts.maps.replaceChildren(); // what “Why?” painted, in place of the layers
    this.layers.forEach((each, number) => {
      if (!number) each.querySelector(".picture").replaceChildren(tile(this.sees));
      const { units, side } = this.shapes[number];
      paint(this.canvas(number), new Uint8Array(units * side ** 2), units, side);
    });
    this.unlight();
  }

  // The button is there from the start, so that nothing has to make room for it.
  offerWhy(question, isOpen) {
    this.parts.why.textContent = isOpen ? "Back" : question || "Why?";
    this.parts.why.disabled = !question;
    this.parts.why.setAttribute("aria-pressed", isOpen);
    this.parts.inside.hidden = !(isOpen && this.data.may_go_inside);
  }

  // Below: who reads, or what “Why?” means.
  tell(words) {
    this.parts.below.textContent = words;
  }

  makeBars() {
    for (let digit = 0; digit < 10; digit += 1) {
      const [name, track, bar, share] = ["span", "div", "div", "span"]
        .map((kind) => document.createElement(kind));
      name.textContent = digit;
      [track.className, bar.className, share.className] = ["track", "bar", "share"];
      track.append(bar);
      this.parts.bars.append(name, track, share);
    }
  }

  setBar(digit, share, best, sure) {
    const [name, track, said] = [...this.parts.bars.children].slice(3 * digit, 3 * digit + 3);
    for (const each of [name, track, said]) each.classList.toggle("best", best);
    track.firstChild.style.width = `${100 * share}%`;
    said.textContent = sure;
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

const textOf = ({ none, answer }) => (none ? "?" : String(answer));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
