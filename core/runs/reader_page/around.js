// Lines that people draw around their digits, an underline, a circle, a box, told from the digit as
// core/strokes/around.py does it. `AROUND` holds its bounds; why they are so is said there.

function withoutLinesAround(strokes) {
  let left = strokes;
  while (left.length > 1) {
    const around = underline(left) ?? ring(left);
    if (!around) return left;
    left = left.filter((_, number) => !around[number]);
  }
  return left;
}

// Of each stroke whether it is the flat one below all others; null where there is none.
function underline(strokes) {
  const heights = strokes.map((stroke) => mean(stroke.map(([, y]) => y)));
  const lowestOne = heights.indexOf(Math.max(...heights));
  const line = strokes[lowestOne];
  const above = strokes.filter((_, number) => number !== lowestOne).flat();
  const [[width, height], [wide, tall]] = [extent(line), extent(above)];
  const flat = height <= AROUND.flattest * width && width >= AROUND.leastWidth * wide;
  const middle = mean(above.map(([x]) => x));
  const beneath = lowest(line)[0] < middle && middle < highest(line)[0];
  const clear = lowest(line)[1] - highest(above)[1] >= AROUND.leastRoom * tall;
  const digitAbove = tall > 1.2 * height && tall > 0.35 * wide; // and no second flat line
  if (!(flat && beneath && clear && digitAbove)) return null;
  return strokes.map((_, number) => number === lowestOne);
}

// Of each stroke whether it goes round the others; null where none does.
function ring(strokes) {
  const all = strokes.flat();
  const [low, high, size] = [lowest(all), highest(all), Math.max(...extent(all))];
  const atEdge = strokes.map((stroke) => [0, 1].some((axis) =>
    Math.min(lowest(stroke)[axis] - low[axis], high[axis] - highest(stroke)[axis]) < 0.04 * size));
  if (atEdge.every(Boolean) || !atEdge.some(Boolean)) return null;
  const outer = strokes.filter((_, number) => atEdge[number]).flat();
  const inside = strokes.filter((_, number) => !atEdge[number]);
  const inner = inside.flat();
  if (extent(inner)[1] < AROUND.leastInside * extent(outer)[1] || isSlash(inside)) return null;
  const middle = between(lowest(inner), highest(inner), 1 / 2);
  const nearest = reachOf(outer, middle, Math.min, Infinity);
  const filled = reachOf(inner, middle, Math.max, 0);
  const closed = nearest.filter(Number.isFinite).length / AROUND.directions >= AROUND.closed;
  const fits = filled.every((reach, place) => reach <= AROUND.inside * nearest[place]);
  return closed && fits ? atEdge : null;
}

// Whether all that lies inside is one line that leans, as in a 0.
function isSlash(inside) {
  if (inside.length > 1) return false;
  const centre = [0, 1].map((axis) => mean(inside[0].map((point) => point[axis])));
  const points = inside[0].map(([x, y]) => [x - centre[0], y - centre[1]]);
  const [xx, xy, yy] = [[0, 0], [0, 1], [1, 1]].map(([one, other]) =>
    points.reduce((sum, point) => sum + point[one] * point[other], 0));
  const angle = Math.atan2(2 * xy, xx - yy) / 2; // of the direction in which it is longest
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [length, thickness] = extent(points.map(([x, y]) => [x * cos + y * sin, y * cos - x * sin]));
  return Math.abs(cos) > AROUND.mostLean * Math.abs(sin) && thickness < AROUND.thin * length;
}

// How far out points lie in each direction from the middle, the nearest or the farthest.
function reachOf(points, middle, pick, nothing) {
  const reach = new Array(AROUND.directions).fill(nothing);
  for (const [x, y] of points.map((point) => point.map((value, axis) => value - middle[axis]))) {
    const turn = Math.atan2(y, x) / (2 * Math.PI) + 0.5;
    const place = Math.floor(turn * AROUND.directions) % AROUND.directions;
    reach[place] = pick(reach[place], Math.hypot(x, y));
  }
  return reach;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
