// A wall of digits; the one that is pointed at, tapped or reached with the arrow keys is shown
// large, with its 784 numbers. It chooses and measures nothing: the images come from core/gallery.

const SIDE = 28; // pixels of an image
const HEIGHT = 504; // pixels that the wall may be high
const NUMBERS = 430; // and the numbers beside it, or below
const [TEXT, WIDEST] = [0.62, 0.75]; // of a square's width: letters, and three digits, which get narrower
const TILE = 36; // pixels of a tile and its gap
const [NARROW, FINGER] = [720, 42]; // pixels; below that width tiles are for fingers
const FINGER_ROWS = 9;

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".digits");
  root.digits ??= new DigitWall(root);
  root.digits.show(data);
  return () => root.digits.leave();
}

class DigitWall {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(name);
    this.resizes = new ResizeObserver(() => this.arrange());
    this.resizes.observe(root);
  }

  async show(data) {
    if (this.data?.sheet === data.sheet) return;
    this.data = data;
    this.sheet = shortName(data.sheet);
    const tiles = data.names.map((name, index) => this.tile(name, index));
    this.find(".tiles").setAttribute("aria-label", data.label);
    this.find(".tiles").replaceChildren(...tiles);
    this.arrange();
    const sheet = new Image();
    sheet.src = this.sheet;
    await sheet.decode();
    if (this.data !== data) return; // another wall came meanwhile
    this.pixels = greys(sheet);
    this.open(0);
  }

  // All images come as one picture, one below the other. Tab leads to the wall, arrow keys lead on.
  tile(name, index) {
    const { names } = this.data;
    const made = document.createElement("button");
    Object.assign(made, { type: "button", title: name, tabIndex: index ? -1 : 0 });
    made.setAttribute("aria-label", name);
    made.style.background = `#000 url(${this.sheet}) 0 ${(100 * index) / Math.max(1, names.length - 1)}%`
      + ` / 100% ${names.length * 100}%`;
    made.onclick = made.onfocus = () => this.open(index);
    made.onpointerenter = ({ pointerType }) => pointerType === "mouse" && this.open(index);
    made.onkeydown = (event) => {
      const { columns, count } = this;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      if (!step) return;
      event.preventDefault();
      this.find(".tiles").children[(index + step + count) % count].focus();
    };
    return made;
  }

  // As many tiles as there is room for.
  arrange() {
    if (!this.data || !this.root.clientWidth) return;
    const narrow = this.root.clientWidth < NARROW;
    const width = this.find(".tiles").clientWidth;
    const tile = narrow ? FINGER : TILE;
    this.columns = Math.max(1, Math.floor(width / tile));
    const rows = narrow ? FINGER_ROWS : Math.floor(HEIGHT / (width / this.columns));
    this.count = Math.min(this.data.names.length, this.columns * rows);
    this.find(".tiles").style.gridTemplateColumns = `repeat(${this.columns}, 1fr)`;
    [...this.find(".tiles").children].forEach((each, index) => (each.hidden = index >= this.count));
    if (this.pixels) this.drawNumbers();
  }

  open(index) {
    if (!this.pixels) return;
    [...this.find(".tiles").children].forEach((tile, each) => {
      tile.setAttribute("aria-pressed", each === index);
      tile.tabIndex = each === index ? 0 : -1;
    });
    this.image = this.pixels.subarray(SIDE * SIDE * index, SIDE * SIDE * (index + 1));
    const [label, origin] = [this.data.labels[index], this.data.names[index]];
    const [large, words] = this.root.querySelectorAll(".large, .closer p");
    const bold = document.createElement("b");
    bold.textContent = label;
    words.replaceChildren(bold, origin);
    Object.assign(large, { width: SIDE, height: SIDE });
    const image = new ImageData(SIDE, SIDE);
    this.image.forEach((value, pixel) => image.data.set([value, value, value, 255], 4 * pixel));
    large.getContext("2d").putImageData(image, 0, 0);
    large.setAttribute("aria-label", origin);
    this.drawNumbers();
  }

  // Each number on a square of its own brightness; so that they can be read, without the black edge.
  drawNumbers() {
    const canvas = this.find(".numbers");
    const { top, left, rows, columns } = inkBox(this.image);
    const room = Math.min(this.find(".closer").clientWidth / columns, NUMBERS / rows);
    const cell = Math.floor(room * devicePixelRatio); // whole pixels, else the numbers are blurred
    Object.assign(canvas, { width: cell * columns, height: cell * rows });
    canvas.style.width = `${canvas.width / devicePixelRatio}px`;
    const pen = canvas.getContext("2d");
    pen.font = `${Math.round(TEXT * cell)}px ${getComputedStyle(canvas).fontFamily}`;
    Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
    const squares = [...Array(rows * columns).keys()].map((square) => {
      const [row, column] = [Math.floor(square / columns), square % columns];
      return [this.image[(top + row) * SIDE + left + column], column * cell, row * cell];
    });
    squares.forEach(([value, x, y]) => {
      pen.fillStyle = `rgb(${value}, ${value}, ${value})`;
      pen.fillRect(x, y, cell - 1, cell - 1);
    });
    squares.forEach(([value, x, y]) => { // after all squares: none covers its neighbour's number
      pen.fillStyle = value > 127 ? "#000" : value ? "#fff" : "#777";
      pen.fillText(value, x + cell / 2, y + cell / 2 + 1, WIDEST * cell);
    });
  }

  leave() {
    if (!this.root.isConnected) this.resizes.disconnect();
  }
}

// The brightness of every pixel of a picture, row by row.
function greys(picture) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: picture.naturalWidth, height: picture.naturalHeight });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(picture, 0, 0);
  return pen.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0);
}

// The rows and columns that hold ink; all of them where none does.
function inkBox(image) {
  const inked = [...image.keys()].filter((pixel) => image[pixel]);
  const shown = inked.length ? inked : [0, image.length - 1];
  const [down, across] = [shown.map((pixel) => Math.floor(pixel / SIDE)), shown.map((pixel) => pixel % SIDE)];
  const [top, left] = [Math.min(...down), Math.min(...across)];
  return { top, left, rows: Math.max(...down) - top + 1, columns: Math.max(...across) - left + 1 };
}
