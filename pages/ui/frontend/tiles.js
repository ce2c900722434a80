// Pictures of what the layers of a network hand on, for stage.js and network_dots.js, to which this file is appended.

const [DARK, GLOW, INK] = [[22, 22, 22], [0, 158, 115], 255]; // GLOW: Okabe and Ito's bluish green

// A layer by its name, dark at first. The first one is the picture itself: beside it is room for more.
function layer(label, number) {
  if (number) return tile(label, "layer");
  const [made, row] = ["div", "div"].map((kind) => document.createElement(kind));
  [made.className, row.className] = ["layer", "picture"];
  row.append(tile(label));
  made.append(row);
  return made;
}

// A canvas, or what else is shown, below a line that says what it is.
function tile(words, className = "", shown = document.createElement("canvas"), kind = "div") {
  const [made, name] = [kind, "small"].map((each) => document.createElement(each));
  made.className = className;
  name.textContent = words;
  made.append(name, shown);
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

// Ink on a dark tile; what the layers make of it glows green on the way to white.
function colour(level, isPicture) {
  if (isPicture) return DARK.map((dark) => dark + (INK - dark) * level);
  const [from, to, share] = level < 0.6
    ? [DARK, GLOW, level / 0.6] : [GLOW, [INK, INK, INK], (level - 0.6) / 0.4];
  return from.map((value, channel) => value + (to[channel] - value) * share);
}

// Bytes that were compressed with zlib and written in base64.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
