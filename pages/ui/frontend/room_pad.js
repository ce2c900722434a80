// A pad on a phone: one request, white ink on dark, Clear and Send. A drawing is kept here until the
// server says that it came, and is sent again where no answer comes: none is lost.

const UNITS = 1_000; // that the pad is wide and high, as core/room/limits.py has it
const [BRUSH, STEP] = [64, 6]; // units: of the ink; that the pen moves before it counts
const [MOST_STROKES, MOST_POINTS] = [12, 1_000]; // more the server refuses
const PATIENCE = 4_000; // milliseconds until it is sent again, each time twice as many
const PAUSE = 1_000; // between two drawings: the server takes one a second

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".pad");
  root.pad ??= new Pad(root);
  root.pad.show(data, (sent) => setTriggerValue("sent", sent));
  return () => {
    if (!root.isConnected) root.pad.leave();
  };
}

class Pad {
  constructor(root) {
    this.find = (name) => root.querySelector(name);
    this.canvas = this.find("canvas");
    this.strokes = [];
    this.invitation = this.find(".paper").appendChild(invitation());
    this.canvas.onpointerdown = (event) => this.begin(event);
    this.canvas.onpointermove = (event) => this.follow(event);
    this.canvas.onpointerup = this.canvas.onpointercancel = () => this.lift();
    this.find(".clear").onclick = () => this.clear();
    this.find(".send").onclick = () => this.send();
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.canvas);
  }

  show(data, tell) {
    this.tell = tell;
    if (this.waiting && data.received === this.waiting.id) this.taken();
    else if (this.waiting && data.answered === this.waiting.id && data.problem) this.refused(data);
    this.request = data.request;
    this.find("h1").textContent = `Write ${data.request === 8 ? "an" : "a"} ${data.request}`;
    this.arrange();
  }

  begin(event) {
    if (this.waiting || this.strokes.length === MOST_STROKES) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pen = event.pointerId;
    this.strokes.push(this.place(event));
    this.say("");
    this.draw();
    this.arrange();
  }

  follow(event) {
    if (event.pointerId !== this.pen) return;
    const stroke = this.strokes.at(-1);
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const [x, y] = this.place(each);
      const moved = Math.hypot(x - stroke.at(-2), y - stroke.at(-1));
      if (moved >= STEP && this.strokes.flat().length < 2 * MOST_POINTS) stroke.push(x, y);
    }
    this.draw();
  }

  lift() {
    this.pen = null;
  }

  // Where the pen is, in whole units.
  place({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const unit = (value) => Math.round(UNITS * Math.min(1, Math.max(0, value)));
    return [unit((clientX - left) / width), unit((clientY - top) / height)];
  }

  draw() {
    this.invitation.style.display = this.strokes.length ? "none" : "";
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (!side) return;
    this.canvas.width = this.canvas.height = side;
    const pen = this.canvas.getContext("2d");
    pen.scale(side / UNITS, side / UNITS);
    Object.assign(pen, {
      lineWidth: BRUSH, lineCap: "round", lineJoin: "round", strokeStyle: "#fff",
    });
    for (const [x, y, ...others] of this.strokes) {
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x, y); // a dot
      for (let at = 0; at < others.length; at += 2) pen.lineTo(others[at], others[at + 1]);
      pen.stroke();
    }
  }

  clear() {
    this.strokes = [];
    this.say("");
    this.draw();
    this.arrange();
  }

  send() {
    if (this.waiting || !this.strokes.length) return;
    this.waiting = { id: crypto.getRandomValues(new Uint32Array(4)).join("-").slice(0, 40) };
    this.tellAndWait(PATIENCE);
    this.arrange();
  }

  tellAndWait(patience) {
    this.tell({ ...this.waiting, strokes: this.strokes });
    this.timer = setTimeout(() => this.tellAndWait(2 * patience), patience);
  }

  taken() {
    this.stop();
    this.clear();
    this.say("It is on the wall.");
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      this.arrange();
    }, PAUSE);
  }

  refused({ problem }) {
    this.stop();
    this.say(problem);
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting = null;
  }

  say(words) {
    this.find("p").textContent = words;
  }

  arrange() {
    const idle = !this.strokes.length || Boolean(this.waiting);
    this.find(".clear").disabled = idle;
    this.find(".send").disabled = idle || Boolean(this.resting);
  }

  leave() {
    this.stop();
    this.resizes.disconnect();
  }
}
