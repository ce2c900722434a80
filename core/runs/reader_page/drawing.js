// What a hand drew on the pad becomes the 28×28 picture that a network expects: the same steps, with
// the same numbers, as core/drawing.py takes. `DRAWING` holds these numbers.
//
// A drawing is a list of strokes, a stroke a list of points [x, y], y down, in units of the pad.

const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
const between = (one, other, share) => one.map((value, axis) => value + share * (other[axis] - value));
const lowest = (points) => [0, 1].map((axis) => points.reduce((low, p) => Math.min(low, p[axis]), Infinity));
const highest = (points) => [0, 1].map((axis) => points.reduce((high, p) => Math.max(high, p[axis]), -Infinity));
const extent = (points) => highest(points).map((high, axis) => high - lowest(points)[axis]);

// The pictures of the digits, left to right, each 784 numbers from 0 to 1, row by row; or why there
// are none.
function prepareAll(drawing) {
  const strokes = pointsAlong(drawing.map(pencilCurves));
  const lengths = strokes.map((stroke) => Math.max(...extent(stroke)));
  if (lengths.every((length) => length <= DRAWING.dot * DRAWING.brush)) {
    return { problem: "That is only a dot. Draw a whole digit." };
  }
  const longest = Math.max(...lengths);
  const withoutDots = strokes.filter((_, number) => lengths[number] > DRAWING.stray * longest);
  const digits = digitsApart(withoutLinesAround(withoutDots));
  return digits ? { images: digits.map(inked) } : { problem: DRAWING.tooClose };
}

// A stroke as cubic curves through the middles between its points, as the pencil of the app's pad
// (Fabric.js) draws it. What that leaves out is left out here: points that lie close together, and
// the last but one. Like there, the ends are a little further out.
function pencilCurves(stroke) {
  const points = [stroke[0]];
  for (const point of stroke.slice(1, -2)) {
    if (distance(point, points.at(-1)) >= DRAWING.apart) points.push(point);
  }
  points.push(stroke.at(-1));
  const [first, last] = points.length > 2
    ? [directionOf(points[1], points[2]), directionOf(points.at(-2), points.at(-1))]
    : [[1, 0], [1, 0]];
  const further = DRAWING.brush / 1000;
  const curves = [];
  let start = points[0].map((value, axis) => value - first[axis] * further);
  for (let number = 1; number < points.length; number += 1) {
    const [here, ahead] = [points[number - 1], points[number]];
    if (distance(here, ahead) === 0) continue;
    const end = between(here, ahead, 1 / 2);
    const corners = [start, between(start, here, 2 / 3), between(end, here, 2 / 3), end];
    curves.push({ corners, isStraight: false });
    start = end;
  }
  const end = points.at(-1).map((value, axis) => value + last[axis] * further);
  const corners = [start, between(start, end, 1 / 3), between(start, end, 2 / 3), end];
  return [...curves, { corners, isStraight: true }];
}

const directionOf = (from, to) => to.map((value, axis) => Math.sign(value - from[axis]));

// Points along all curves, no closer than anyone could see.
function pointsAlong(strokes) {
  const curves = strokes.flat();
  const size = Math.max(...extent(curves.flatMap(({ corners }) => corners)));
  const total = curves.reduce((sum, curve) => sum + lengthOf(curve), 0);
  const step = Math.max(size * DRAWING.spacing, total / DRAWING.mostPoints, 1e-9);
  let [travelled, steps] = [0, -1];
  return strokes.map((stroke) => {
    const points = [stroke[0].corners[0], ...stroke.flatMap((curve) => pointsOn(curve, step))];
    return points.filter((point, number) => {
      travelled += number ? distance(point, points[number - 1]) : 0;
      const before = steps;
      steps = Math.floor(travelled / step);
      return number === 0 || number === points.length - 1 || steps > before;
    });
  });
}

const lengthOf = ({ corners: [start, first, second, end] }) =>
  distance(start, first) + distance(first, second) + distance(second, end);

function pointsOn(curve, step) {
  const count = curve.isStraight ? 1 : Math.max(1, Math.ceil(lengthOf(curve) / step));
  return Array.from({ length: count }, (_, number) => {
    const along = (number + 1) / count;
    let points = curve.corners; // de Casteljau: middles of middles
    while (points.length > 1) {
      points = points.slice(1).map((point, index) => between(points[index], point, along));
    }
    return points[0];
  });
}

// White ink on black, laid out as MNIST's digits are: the longest side is 20 pixels, and the ink
// balances in the middle unless that would push some over the edge.
function inked(strokes) {
  const points = strokes.flat();
  const { box, centre, penWidth, edge, side } = DRAWING;
  const [low, size] = [lowest(points), extent(points)];
  const scale = (box - edge - penWidth) / Math.max(...size, 1e-30);
  const stamps = strokes.flatMap((stroke) => stampsAlong(
    stroke.map((point) => point.map((value, axis) => (value - low[axis]) * scale))));
  const reach = (penWidth + edge) / 2; // of the ink beyond the middle of its line
  const least = reach - 0.5; // moves that lose no ink
  const most = size.map((length) => side - 0.5 - reach - length * scale);
  const first = most.map((move) => (least + move) / 2);
  const mass = centreOfMass(stamped(stamps, first));
  return stamped(stamps, first.map((move, axis) =>
    Math.min(Math.max(move + centre - mass[axis], least), most[axis])));
}

// Where the pen touches the paper: a row of places half a pixel apart.
function stampsAlong(stroke) {
  const stamps = [];
  stroke.slice(1).forEach((point, number) => {
    const count = Math.ceil(distance(stroke[number], point) / DRAWING.step);
    for (let place = 0; place < count; place += 1) {
      stamps.push(between(stroke[number], point, place / count));
    }
  });
  return [...stamps, stroke.at(-1)];
}

// The picture of round stamps, all moved by `shift`. Edges fade over `edge` pixels.
function stamped(stamps, shift) {
  const { penWidth, edge, side } = DRAWING;
  const nearest = new Float64Array(side * side).fill(Infinity); // squared, to the next stamp
  const border = Math.ceil((penWidth + edge) / 2); // no stamp reaches further
  for (const stamp of stamps) {
    const [x, y] = stamp.map((value, axis) => value + shift[axis]);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    for (let row = Math.max(0, top + 1 - border); row <= Math.min(side - 1, top + border); row += 1) {
      for (let col = Math.max(0, left + 1 - border); col <= Math.min(side - 1, left + border); col += 1) {
        const squared = (col - x) ** 2 + (row - y) ** 2;
        if (squared < nearest[row * side + col]) nearest[row * side + col] = squared;
      }
    }
  }
  return Float32Array.from(nearest, (squared) =>
    Math.min(1, Math.max(0, (penWidth / 2 - Math.sqrt(squared)) / edge + 0.5)));
}

// Where the ink balances, as x and y in pixels.
function centreOfMass(image) {
  let [x, y, mass] = [0, 0, 0];
  image.forEach((ink, pixel) => {
    x += ink * (pixel % DRAWING.side);
    y += ink * Math.floor(pixel / DRAWING.side);
    mass += ink;
  });
  return [x / Math.max(mass, 1e-9), y / Math.max(mass, 1e-9)];
}
