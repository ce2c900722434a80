// The confusion matrix as a grid of pictures: a typical image in each cell, the larger the more
// images there are like it. A click, or an arrow key and Enter, chooses a cell.

const DIGITS = [...Array(10).keys()];

export default function show({ parentElement, data, setTriggerValue }) {
  const grid = parentElement.querySelector(".grid");
  if (!grid.childElementCount) build(grid);
  grid.ariaLabel = data.label;
  grid.style.setProperty("--sheet", `url(${shortName(data.sheet)})`);
  const cells = [...grid.querySelectorAll(".cell")];
  cells.forEach((cell, number) => paint(cell, number, data));
  const filled = cells.filter((_, number) => data.counts[number]);
  const choose = (cell) => {
    cells.forEach((each) => mark(each, each === cell));
    reach(filled, cell);
    setTriggerValue("clicked", cells.indexOf(cell));
  };
  cells.forEach((cell, number) => mark(cell, data.chosen.includes(number)));
  reach(filled, filled.find((cell) => cell.matches("[aria-pressed=true]")) ?? filled[0]);
  for (const cell of filled) {
    cell.onclick = () => choose(cell);
    cell.onkeydown = (event) => walk(event, cell, cells, filled);
  }
}

// Eleven columns: the digit it was, and ten answers.
function build(grid) {
  const corner = document.createElement("span");
  grid.append(corner, ...DIGITS.map(heading));
  for (const label of DIGITS) {
    grid.append(heading(label));
    for (const answer of DIGITS) {
      const cell = document.createElement("button");
      cell.className = label === answer ? "cell right" : "cell";
      cell.append(document.createElement("i"), document.createElement("small"));
      grid.append(cell);
    }
  }
}

function heading(digit) {
  const node = document.createElement("span");
  node.className = "heading";
  node.textContent = digit;
  node.ariaHidden = "true"; // every cell says its own digits
  return node;
}

function paint(cell, number, { counts, places, sizes, tiles, names }) {
  const [image, count] = cell.children;
  const there = counts[number] > 0;
  cell.disabled = !there;
  cell.title = names[number];
  cell.ariaLabel = names[number];
  image.hidden = count.hidden = !there;
  image.style.width = `${100 * sizes[number]}%`;
  image.style.backgroundSize = `100% ${100 * tiles}%`;
  image.style.backgroundPositionY = `${(100 * places[number]) / Math.max(1, tiles - 1)}%`;
  count.textContent = counts[number].toLocaleString("en");
}

function mark(cell, chosen) {
  cell.ariaPressed = chosen;
}

// Tab leads to one cell, arrow keys lead on from it.
function reach(filled, one) {
  for (const cell of filled) cell.tabIndex = cell === one ? 0 : -1;
}

function walk(event, cell, cells, filled) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
  if (!step) return;
  event.preventDefault();
  const begin = cells.indexOf(cell);
  for (let next = begin + step; next >= 0 && next < cells.length; next += step) {
    const sameRow = Math.floor(next / 10) === Math.floor(begin / 10);
    if (Math.abs(step) === 1 && !sameRow) return;
    if (cells[next].disabled) continue;
    reach(filled, cells[next]);
    cells[next].focus();
    return;
  }
}
