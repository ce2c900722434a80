// The wall of a room: digits fly onto it, each with what the network says; a tap takes one off.
//
// What it is given comes through room_news.js.
// data.first, labels, pictures: the digits that are new, from number `first` on, what each should be,
// and their pixels. data.begun: how often the wall began anew, each time with number data.start.
// data.marked, marks: what the network reads in all from number `marked` on, "?" where it doubts that
// it is a digit, "-" where one is hidden. Where something was missed on the way, the wall asks to begin anew. It is followed by
// tiles.js, which takes pixels apart.

const SIDE = 28; // pixels of an image
const [SMALLEST, LARGEST, GAP] = [34, 104, 4]; // pixels of a tile
const CAPTION = 1.36; // a tile with its caption is so many times as high as wide
const TURNED = 4_000; // milliseconds that a tile which turned right stands out

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".room");
  root.style.setProperty("--samples", `url(${data.samples})`); // until somebody has drawn
  root.wall ??= new Wall(root);
  root.wall.hear();
  return () => {
    if (!root.isConnected) root.wall.leave();
  };
}

class Wall {
  constructor(root) {
    this.find = (name) => root.querySelector(name);
    this.tiles = new Map(); // by number, oldest first
    this.resizes = new ResizeObserver(() => this.arrange());
    this.resizes.observe(this.find(".tiles"));
    this.listening = new AbortController();
    window.addEventListener("digitlab-room", () => this.hear(), this.listening);
  }

  hear() {
    if (window.digitlabRoom) this.show(...window.digitlabRoom);
  }

  leave() {
    this.resizes.disconnect();
    this.listening.abort();
  }

  show(data, tell) {
    this.tell = tell;
    const begins = data.begun !== this.begun;
    if (begins) this.begin(data);
    if (data.first > this.next) return tell("missed", data.begun);
    this.find(".written").textContent = data.written;
    this.find(".right").textContent = data.right;
    this.find(".back").disabled = !data.hidden;
    this.find(".back").textContent = data.hidden ? `Bring back (${data.hidden})` : "Bring back";
    this.find(".back").onclick = () => tell("back", data.hidden);
    this.add(data, begins);
    this.mark(data);
    this.arrange();
  }

  begin({ begun, start }) {
    this.begun = begun;
    this.tiles.clear();
    this.find(".tiles").replaceChildren();
    this.next = start; // the number of the digit to come
  }

  add({ first, labels, pictures }, begins) {
    const missing = [...labels].map((label, at) => [first + at, label])
      .filter(([number]) => number >= this.next);
    const made = missing.map(([number, label]) => this.tile(number, label, begins));
    this.next = Math.max(this.next, first + labels.length);
    if (!made.length) return;
    this.find(".tiles").prepend(...made.map(([tile]) => tile).reverse()); // the newest first
    unpacked(pictures).then((pixels) => made.forEach(([tile, number]) => {
      paint28(tile.firstChild, pixels.subarray(SIDE ** 2 * (number - first)));
    }));
  }

  tile(number, label, begins) {
    const tile = document.createElement("button");
    tile.type = "button";
    tile.append(document.createElement("canvas"), document.createElement("small"));
    tile.label = label;
    tile.className = begins ? "" : "new";
    tile.onclick = () => {
      tile.hidden = true;
      this.tell("hide", number);
      this.arrange();
    };
    this.tiles.set(number, tile);
    return [tile, number];
  }

  mark({ marked, marks }) {
    for (const [number, tile] of this.tiles) {
      if (number < marked) {
        tile.remove();
        this.tiles.delete(number);
        continue;
      }
      const said = marks[number - marked];
      if (said === undefined || said === tile.said) continue;
      const [right, wasWrong] = [said === tile.label, tile.classList.contains("wrong")];
      Object.assign(tile, { said, hidden: said === "-" });
      tile.lastChild.textContent = right ? said : `${tile.label} → ${said}`;
      const asWhat = said === "?" ? "which does not look like a digit" : `read as ${said}`;
      tile.setAttribute("aria-label", `A ${tile.label}, ${asWhat}`);
      tile.title = `A ${tile.label}, ${asWhat}. Tap to hide.`;
      tile.classList.toggle("wrong", !right);
      if (right && wasWrong) this.turn(tile);
    }
  }

  turn(tile) {
    tile.classList.remove("new");
    tile.classList.add("turned");
    setTimeout(() => tile.classList.remove("turned"), TURNED);
  }

  // As large as they may be so that all have room; where that is too small, the newest have.
  arrange() {
    const { clientWidth: width, clientHeight: height } = this.find(".tiles");
    const count = [...this.tiles.values()].filter((tile) => tile.said !== "-").length;
    let size = LARGEST;
    const fits = () => Math.floor(width / (size + GAP)) * Math.floor(height / (size * CAPTION + GAP));
    while (size > SMALLEST && fits() < count) size -= 2;
    this.find(".tiles").style.setProperty("--tile", `${size}px`);
    let room = fits();
    for (const tile of this.find(".tiles").children) {
      tile.hidden = tile.said === "-" || room <= 0;
      if (!tile.hidden) room -= 1;
    }
  }
}

function paint28(canvas, pixels) {
  canvas.width = canvas.height = SIDE;
  paint(canvas, pixels.subarray(0, SIDE ** 2), 1, SIDE);
}
