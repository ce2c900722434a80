// The page: a pad for mouse, finger and pen, and beside it what the network makes of the drawing,
// while it is drawn. What it makes of it is the business of drawing.js and network.js.

const { layers: packedLayers, doubtAbove, drawing: DRAWING, around: AROUND, apart: APART } =
  JSON.parse(document.getElementById("network").textContent);
const layers = unpackedLayers(packedLayers);
const part = (id) => document.getElementById(id);
const strokes = []; // lists of points, on a pad DRAWING.pad units wide and high
let isDrawing = false;
let isWaiting = false; // for the next frame of the screen

const percent = (share) => {
  if (share < 0.0005) return "< 0.1\u202f%";
  return share > 0.9995 ? "> 99.9\u202f%" : `${(100 * share).toFixed(1)}\u202f%`;
};

// What the network says to the drawing: the pictures it sees, its answer in words, of one digit its
// shares.
function answer(drawing) {
  if (!drawing.length) return { text: "", words: "Draw a digit" };
  const { images, problem } = prepareAll(drawing);
  if (problem) return { text: "", words: problem };
  const readings = images.map(readingOf);
  if (readings.length === 1) return { images, ...readings[0] };
  const sure = readings.map(({ shares, best }) => (shares ? percent(shares[best]) : "–"));
  const text = readings.map((each) => each.text || "?").join("");
  return { images, text, words: `${readings.length} digits: ${sure.join(", ")} sure` };
}

// What it says to one picture.
function readingOf(image) {
  const { shares, doubt } = read(layers, image);
  if (!shares.every(Number.isFinite)) return { text: "", words: "Its numbers have grown too large." };
  const best = shares.indexOf(Math.max(...shares));
  const isNone = doubtAbove !== null && doubt > doubtAbove;
  return {
    shares,
    doubt,
    isNone,
    best,
    text: isNone ? "?" : String(best),
    words: isNone ? `That does not look like a digit to me. Closest: ${best}` : `${percent(shares[best])} sure`,
  };
}

function show() {
  isWaiting = false;
  ink();
  const { images = [], shares = [], best, text, words } = answer(strokes);
  part("answer").textContent = text;
  part("answer").style.setProperty("--digits", Math.max(1, text.length));
  part("words").textContent = words;
  if (!isDrawing) part("spoken").textContent = text ? `It reads ${text}. ${words}` : words;
  [...part("bars").children].forEach((row, digit) => {
    row.classList.toggle("best", digit === best);
    row.querySelector("i").style.width = `${100 * (shares[digit] ?? 0)}%`;
    row.querySelector("small").textContent = digit in shares ? percent(shares[digit]) : "";
  });
  showSeen(images);
  for (const id of ["undo", "clear"]) part(id).disabled = !strokes.length;
}

// The pictures side by side.
function showSeen(images) {
  const { side } = DRAWING;
  part("seen").width = side * Math.max(1, images.length);
  const pen = part("seen").getContext("2d");
  images.forEach((image, number) => {
    const squares = pen.createImageData(side, side);
    image.forEach((ink, pixel) => squares.data.fill(255 * ink, 4 * pixel, 4 * pixel + 3));
    for (let pixel = 0; pixel < side ** 2; pixel += 1) squares.data[4 * pixel + 3] = 255;
    pen.putImageData(squares, side * number, 0);
  });
}

// The strokes on the pad, sharp on every screen.
function ink() {
  const pad = part("pad");
  pad.width = pad.height = Math.round(pad.clientWidth * devicePixelRatio) || DRAWING.pad;
  const pen = pad.getContext("2d");
  pen.scale(pad.width / DRAWING.pad, pad.width / DRAWING.pad);
  Object.assign(pen, { lineWidth: DRAWING.brush, lineCap: "round", lineJoin: "round", strokeStyle: "#FFFFFF" });
  pen.beginPath();
  for (const stroke of strokes) {
    pen.moveTo(...stroke[0]);
    for (const { corners: [, first, second, end] } of pencilCurves(stroke)) {
      pen.bezierCurveTo(...first, ...second, ...end);
    }
  }
  pen.stroke();
}

function showSoon() {
  if (!isWaiting) requestAnimationFrame(show);
  isWaiting = true;
}

function pointOf(event) {
  const box = part("pad").getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top].map((at) => (at * DRAWING.pad) / box.width);
}

function begin(event) {
  if (isDrawing || event.button > 0) return; // a second finger, the right button
  event.preventDefault();
  part("pad").setPointerCapture(event.pointerId);
  isDrawing = true;
  strokes.push([pointOf(event)]);
  showSoon();
}

function move(event) {
  if (!isDrawing || !part("pad").hasPointerCapture(event.pointerId)) return;
  const events = event.getCoalescedEvents?.() ?? [];
  strokes.at(-1).push(...(events.length ? events : [event]).map(pointOf));
  showSoon();
}

function end(event) {
  if (!part("pad").hasPointerCapture(event.pointerId)) return;
  isDrawing = false;
  showSoon();
}

function makeBars() {
  part("bars").append(...Array.from({ length: 10 }, (_, digit) => {
    const row = document.createElement("div");
    const [name, track, bar, share] = ["b", "span", "i", "small"].map((kind) => document.createElement(kind));
    name.textContent = digit;
    track.append(bar);
    row.append(name, track, share);
    return row;
  }));
}

makeBars();
part("pad").addEventListener("pointerdown", begin);
part("pad").addEventListener("pointermove", move);
part("pad").addEventListener("pointerup", end);
part("pad").addEventListener("pointercancel", end);
part("undo").addEventListener("click", () => { strokes.pop(); show(); });
part("clear").addEventListener("click", () => { strokes.length = 0; show(); });
addEventListener("resize", showSoon);
show();
