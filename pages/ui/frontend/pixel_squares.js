// A digit as squares, and those around the one that is pointed at, large and with their numbers.
// Mouse, finger and arrow keys point. It shows the numbers that it is given and knows no others.

const SIDE = 28;
const AROUND = 3; // squares to each side of the one pointed at

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".pixels");
  root.pixels ??= new Pixels(root);
  root.pixels.show(data);
}

class Pixels {
  constructor(root) {
    const find = (name) => root.querySelector(`.${name}`);
    [this.picture, this.near, this.readout] = ["picture", "near", "readout"].map(find);
    this.canvas = this.picture.querySelector("canvas");
    this.cells = Array.from({ length: (2 * AROUND + 1) ** 2 }, () => {
      const cell = this.near.appendChild(document.createElement("span"));
      cell.onclick = () => cell.place && this.point(...cell.place);
      return cell;
    });
    this.picture.onpointermove = (event) => this.follow(event);
    this.picture.onpointerdown = (event) => this.follow(event);
    this.picture.onkeydown = (event) => this.press(event);
    [this.row, this.column] = [9, 13];
  }

  show(data) {
    this.values = data.values;
    this.data = data;
    this.picture.setAttribute("aria-label", data.label);
    const pen = this.canvas.getContext("2d");
    const image = pen.createImageData(SIDE, SIDE);
    data.values.flat().forEach((value, i) => image.data.set([value, value, value, 255], 4 * i));
    pen.putImageData(image, 0, 0);
    this.point(this.row, this.column);
  }

  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    const inside = (share) => Math.max(0, Math.min(SIDE - 1, Math.floor(share * SIDE)));
    this.point(inside((event.clientY - box.top) / box.height), inside((event.clientX - box.left) / box.width));
  }

  press(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const within = (value) => Math.max(0, Math.min(SIDE - 1, value));
    this.point(within(this.row + step[0]), within(this.column + step[1]));
  }

  point(row, column) {
    [this.row, this.column] = [row, column];
    const width = 2 * AROUND + 1;
    const start = (place) => Math.max(0, Math.min(SIDE - width, place - AROUND));
    const [top, left] = [start(row), start(column)];
    this.cells.forEach((cell, i) => {
      const [y, x] = [top + Math.floor(i / width), left + (i % width)];
      const value = this.values[y][x];
      cell.place = [y, x];
      cell.textContent = value;
      cell.style.background = `rgb(${value},${value},${value})`;
      cell.style.color = value > 117 ? "#000" : "#fff";
      cell.classList.toggle("here", y === row && x === column);
    });
    this.picture.style.setProperty("--top", top / SIDE);
    this.picture.style.setProperty("--left", left / SIDE);
    this.readout.textContent = this.data.says
      .replace("{row}", row + 1).replace("{column}", column + 1).replace("{value}", this.values[row][column]);
  }
}
