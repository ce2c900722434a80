// Makes the canvas (streamlit-drawable-canvas 0.13) a pad of ours, all from outside of it.
//
// Upstream, three things would have to change: the toolbar lies over the top right corner, unseen,
// and swallows strokes that begin there; `touchcancel` is not heard, so that the stroke after it is
// lost, and a resting palm counts as the finger that draws; a stroke is sent 200 ms after its end,
// too late for a button pressed meanwhile. So the toolbar goes, fingers, pens and keys are heard
// here and handed on as a mouse, and a stroke that was not sent yet goes before any press of a
// button. After Undo and Clear Streamlit puts another canvas there: what is drawn until then is
// drawn again on it.

const SENT_AFTER = 250; // milliseconds; the canvas waits 200 by itself
const PATIENCE = 5000; // milliseconds for another canvas after Undo or Clear
const RESTS = 4; // pixels within which a finger may just be lying there
const STEP = 1 / 24; // of the side, for an arrow key
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const NAME = "Pad to draw a digit on. Arrow keys move the pen, Space puts it down and lifts it";
const UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
const CURSOR = "position:absolute;width:22px;height:22px;margin:-11px;border-radius:50%;"
  + "border:3px solid #56B4E9;box-sizing:border-box;pointer-events:none;z-index:40;";

const look = new CSSStyleSheet();
look.replaceSync(".dc-toolbar { display: none !important; } .upper-canvas { cursor: crosshair !important; }");

export default ({ data, parentElement }) => {
  const paper = document.querySelector(`.st-key-${data.key}-paper`);
  if (!paper) return undefined;
  paper.pad ??= new Pad(paper, data.key);
  paper.pad.invite(data.empty);
  return () => setTimeout(() => paper.isConnected || paper.pad.leave());
};

class Pad {
  constructor(paper, key) {
    Object.assign(this, { paper, key, waiting: [], stroke: null, held: new Set(), at: [0.5, 0.5] });
    paper.setAttribute("role", "application");
    paper.setAttribute("aria-label", NAME);
    paper.tabIndex = 0;
    Object.assign(paper.style, { touchAction: "none", position: "relative" }); // no scrolling
    Object.assign(paper.style, { borderRadius: "8px", overflow: "clip", boxShadow: "var(--tile-frame)" });
    this.invitation = paper.appendChild(invitation());
    this.spoken = paper.appendChild(document.createElement("div"));
    this.spoken.style.cssText = UNSEEN;
    this.spoken.setAttribute("role", "status");
    this.listen();
    this.watching = new MutationObserver(() => this.look());
    this.watching.observe(paper, { childList: true, subtree: true });
    this.look();
  }

  // An empty pad says what it is for, until the first stroke begins.
  invite(isEmpty) {
    this.invitation.style.display = isEmpty && !this.stroke && !this.unsent ? "" : "none";
  }

  listen() {
    this.listening = new AbortController();
    const { paper } = this;
    const on = (target, kinds, hear) => {
      const how = { capture: true, passive: false, signal: this.listening.signal };
      for (const kind of kinds.split(" ")) target.addEventListener(kind, hear, how);
    };
    on(paper, "pointerdown", (event) => this.begin(event));
    on(paper, "pointermove", (event) => this.goOn(event));
    on(paper, "pointerup pointercancel lostpointercapture", (event) => this.end(event));
    on(paper, "keydown", (event) => this.press(event));
    on(paper, "keyup", ({ key }) => this.held.delete(key));
    on(paper, "blur", () => this.lift());
    on(paper, "touchstart contextmenu", (event) => event.preventDefault());
    // The canvas gets what is made here and nothing else.
    on(paper, "mousedown mousemove mouseup touchstart touchmove touchend touchcancel", (event) =>
      event.isTrusted && event.stopPropagation());
    on(window, "pointerdown keydown", ({ target }) => paper.contains(target) || this.sendNow());
    on(document, "click", ({ target }) => {
      if (target.closest?.(`.st-key-${this.key}-buttons button`)) this.awaitAnother();
    });
  }

  // The canvas, which lies in a shadow root that comes after its element.
  look() {
    cancelAnimationFrame(this.looking);
    const roots = [...this.paper.querySelectorAll("*")].map((each) => each.shadowRoot);
    const root = roots.find((each) => each?.querySelector(".upper-canvas"));
    if (!root) this.looking = requestAnimationFrame(() => this.look());
    else if (root !== this.root) this.take(root);
  }

  // Two frames later it has drawn what it began with and hears what comes.
  take(root) {
    this.root = root;
    root.adoptedStyleSheets.push(look);
    this.waiting ??= this.stroke ? [this.stroke] : [];
    this.canvas = null;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (this.root !== root) return;
      this.canvas = root.querySelector(".upper-canvas");
      for (const stroke of this.waiting) this.drawAgain(stroke);
      this.waiting = null;
    }));
  }

  awaitAnother() {
    this.waiting ??= [];
    const { waiting } = this;
    setTimeout(() => this.canvas && this.waiting === waiting && (this.waiting = null), PATIENCE);
  }

  // One pointer draws: a pen rather than a finger, and where a pen has drawn, fingers rest.
  begin(event) {
    const { pointerId, pointerType, button } = event;
    if (button || (pointerType === "touch" && this.hasPen)) return;
    if (this.stroke && (pointerType !== "pen" || this.hasPen)) return;
    this.hasPen ||= pointerType === "pen";
    this.drop();
    this.paper.setPointerCapture(pointerId);
    this.draws = pointerId;
    this.start(this.shareOf(event), pointerType === "touch");
    if (pointerType !== "touch") this.hideCursor();
  }

  goOn(event) {
    if (event.pointerId !== this.draws) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const each of steps.length ? steps : [event]) this.add(this.shareOf(each));
  }

  end({ pointerId }) {
    if (pointerId === this.draws) this.finish();
  }

  // A stroke is kept as shares of the side, for a canvas that may come. A finger's is drawn once it
  // moves, or is lifted: until then it may be a palm.
  start(point, mayRest = false) {
    this.stroke = { points: [point], over: false, mayRest };
    this.invite(false);
    this.waiting?.push(this.stroke);
    if (!mayRest) this.hand("mousedown", point);
  }

  add(point) {
    const { stroke } = this;
    const [first] = stroke.points;
    stroke.points.push(point);
    if (!stroke.mayRest) return this.hand("mousemove", point);
    const { width } = this.box();
    if (Math.hypot(point[0] - first[0], point[1] - first[1]) * width > RESTS) this.settle(stroke);
  }

  finish() {
    const { stroke } = this;
    if (!stroke) return;
    if (stroke.mayRest) this.settle(stroke);
    this.hand("mouseup", stroke.points.at(-1));
    stroke.over = true;
    [this.stroke, this.draws] = [null, null];
    this.unsent = true;
    clearTimeout(this.sending);
    this.sending = setTimeout(() => (this.unsent = false), SENT_AFTER);
  }

  // The pen comes while a finger is down: a finger that only rested has drawn nothing.
  drop() {
    if (!this.stroke) return;
    if (!this.stroke.mayRest) return this.finish();
    this.waiting = this.waiting?.filter((each) => each !== this.stroke) ?? null;
    [this.stroke, this.draws] = [null, null];
  }

  settle(stroke) {
    stroke.mayRest = false;
    stroke.points.forEach((point, place) => this.hand(place ? "mousemove" : "mousedown", point));
  }

  drawAgain({ points, over, mayRest }) {
    if (mayRest) return;
    points.forEach((point, place) => this.hand(place ? "mousemove" : "mousedown", point));
    if (over) this.hand("mouseup", points.at(-1));
  }

  // To the canvas, as a mouse.
  hand(kind, [x, y]) {
    const { left, top, width, height } = this.box();
    this.canvas?.dispatchEvent(new MouseEvent(kind, {
      clientX: left + x * width, clientY: top + y * height,
      button: 0, buttons: kind === "mouseup" ? 0 : 1, bubbles: true, composed: true, view: window,
    }));
  }

  box() {
    const now = this.canvas?.isConnected ? this.canvas.getBoundingClientRect() : null;
    return (this.place = now?.width ? now : this.place ?? this.paper.getBoundingClientRect());
  }

  shareOf({ clientX, clientY }) {
    const { left, top, width, height } = this.box();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  sendNow() {
    if (!this.unsent) return;
    this.unsent = false;
    this.root.querySelector('.dc-toolbar [aria-label^="Update the app"]')?.click();
  }

  // With arrow keys; two at once go aslant.
  press(event) {
    const { key } = event;
    if (key === "Escape") return this.lift();
    const toggles = key === " " || key === "Enter";
    if (!toggles && !ARROWS[key]) return;
    event.preventDefault();
    if (this.draws) return;
    if (ARROWS[key]) this.held.add(key);
    else if (!this.stroke) this.start(this.at);
    else return this.lift();
    const way = ARROWS[key] ? [...this.held].map((each) => ARROWS[each]) : [];
    this.at = this.at.map((share, axis) =>
      Math.min(1, Math.max(0, share + STEP * way.reduce((sum, each) => sum + each[axis], 0))));
    if (this.stroke && ARROWS[key]) this.add(this.at);
    this.showCursor();
  }

  lift() {
    this.held.clear();
    if (this.stroke && !this.draws) this.finish();
    this.showCursor();
  }

  showCursor() {
    const { left, top, width, height } = this.box();
    const frame = this.paper.getBoundingClientRect();
    this.cursor ??= this.paper.appendChild(document.createElement("div"));
    this.cursor.hidden = this.paper.getRootNode().activeElement !== this.paper;
    const down = Boolean(this.stroke);
    this.cursor.style.cssText = `${CURSOR}left:${left - frame.left + this.at[0] * width}px;`
      + `top:${top - frame.top + this.at[1] * height}px;background:${down ? "#56B4E9" : "none"};`
      + (this.cursor.hidden ? "display:none" : "");
    const said = this.cursor.hidden ? "" : down ? "Pen down" : "Pen up";
    if (this.spoken.textContent !== said) this.spoken.textContent = said;
  }

  hideCursor() {
    if (this.cursor) this.cursor.style.display = "none";
  }

  leave() {
    this.listening.abort();
    this.watching.disconnect();
    cancelAnimationFrame(this.looking);
  }
}
