// Which strokes make one digit: a drawing of several digits side by side is taken apart as
// core/strokes/apart.py does it. `APART` holds its bounds; why they are so is said there.
//
// A piece is some strokes, by number, and the box around them.

// The digits, left to right, each a list of strokes; null where there seem to be several that cannot
// be told apart.
function digitsApart(strokes) {
  if (strokes.length > APART.manyStrokes) return [strokes];
  const gaps = gapsBetween(strokes);
  const joinedUp = joined(strokes.map(pieceOf), (one, other) => belong(one, other, gaps));
  const pieces = withSmallPieces(joinedUp, gaps).sort((one, other) => place(one) - place(other));
  const digits = withFours(pieces, strokes, gaps);
  if (digits.some((digit) => seemSeveral(digit, strokes, gaps))) return null;
  return digits.map((digit) => strokes.filter((_, number) => digit.numbers.includes(number)));
}

const pieceOf = (stroke, number) => ({ numbers: [number], low: lowest(stroke), high: highest(stroke) });
const together = (one, other) => ({
  numbers: [...one.numbers, ...other.numbers],
  low: lowest([one.low, other.low]),
  high: highest([one.high, other.high]),
});
const widthOf = ({ low, high }) => high[0] - low[0];
const heightOf = ({ low, high }) => high[1] - low[1];
const place = ({ low, high }) => low[0] + high[0];
const leastBy = (pieces, measure) =>
  pieces.reduce((least, piece) => (measure(piece) < measure(least) ? piece : least));

// How near every two strokes come to one another.
function gapsBetween(strokes) {
  const fewer = strokes.map((stroke) => {
    const step = Math.ceil(stroke.length / APART.pointsCompared);
    return stroke.filter((_, number) => number % step === 0);
  });
  return fewer.map((one) => fewer.map((other) => {
    let nearest = Infinity;
    for (const [x, y] of one) {
      for (const [u, v] of other) nearest = Math.min(nearest, (x - u) ** 2 + (y - v) ** 2);
    }
    return Math.sqrt(nearest);
  }));
}

const gapBetween = (one, other, gaps) =>
  Math.min(...one.numbers.flatMap((here) => other.numbers.map((there) => gaps[here][there])));

// The pieces, those that belong together made one, until none do.
function joined(pieces, belongs) {
  const done = [];
  for (const each of pieces) {
    let piece = each;
    for (const known of done.filter((other) => belongs(other, each))) {
      done.splice(done.indexOf(known), 1);
      piece = together(known, piece);
    }
    done.push(piece);
  }
  return done.length === pieces.length ? done : joined(done, belongs);
}

// Whether two pieces lie over one another, or meet as the lines of one digit do.
function belong(one, other, gaps) {
  const tall = Math.max(heightOf(one), heightOf(other), 1e-9);
  const shared = Math.min(one.high[0], other.high[0]) - Math.max(one.low[0], other.low[0]);
  const little = 0.02 * tall; // an upright line has no width
  const narrower = Math.min(widthOf(one), widthOf(other));
  if (shared + little >= APART.aboveEachOther * (narrower + little)) return true;
  if (gapBetween(one, other, gaps) >= APART.touching * tall) return false;
  const both = together(one, other);
  const sideBySide = shared < APART.overlap * tall
    && Math.min(heightOf(one), heightOf(other)) > 0.55 * tall;
  return !(sideBySide && widthOf(both) > 0.8 * heightOf(both));
}

// Every piece too small for a digit goes to the nearest one, or away where none is near.
function withSmallPieces(given, gaps) {
  let pieces = given;
  while (pieces.length > 1) {
    const tallest = Math.max(...pieces.map(heightOf));
    const small = leastBy(pieces, heightOf);
    if (heightOf(small) >= APART.small * tallest) break;
    const others = pieces.filter((piece) => piece !== small);
    const nearest = leastBy(others, (piece) => gapBetween(piece, small, gaps));
    const near = gapBetween(nearest, small, gaps) < APART.far * tallest;
    pieces = others.map((piece) => (near && piece === nearest ? together(piece, small) : piece));
  }
  return pieces;
}

// Pieces from left to right, an angle and the line beside it made one 4.
function withFours(pieces, strokes, gaps) {
  const digits = pieces.slice(0, 1);
  for (const piece of pieces.slice(1)) {
    const left = digits.at(-1);
    if (isFour(left, piece, strokes, gaps)) digits[digits.length - 1] = together(left, piece);
    else digits.push(piece);
  }
  return digits;
}

// Whether these are the two strokes of a 4: a bent one, and lower to its right a straight one.
function isFour(left, right, strokes, gaps) {
  const both = together(left, right);
  const tall = Math.max(heightOf(left), heightOf(right));
  const lower = right.high[1] - left.high[1] > 0.13 * tall && right.low[1] > left.low[1] - 0.05 * tall;
  const near = gapBetween(left, right, gaps) < 0.18 * tall;
  const bent = Math.min(...left.numbers.map((number) => straightness(strokes[number]))) < 0.84;
  const straight = Math.max(...right.numbers.map((number) => straightness(strokes[number]))) > 0.6;
  return lower && near && bent && straight && widthOf(both) < 0.85 * heightOf(both);
}

// From 0 for a closed loop to 1 for a straight line.
function straightness(line) {
  const length = line.slice(1).reduce((sum, point, number) => sum + distance(line[number], point), 0);
  return distance(line.at(-1), line[0]) / Math.max(length, 1e-9);
}

// Whether what could not be parted is too wide for a digit, other than a bare line, or has two tall
// pieces side by side that are not those of a 4.
function seemSeveral(digit, strokes, gaps) {
  if (widthOf(digit) > APART.widest * heightOf(digit)) {
    return Math.min(...digit.numbers.map((number) => straightness(strokes[number]))) < APART.bareLine;
  }
  const tall = digit.numbers.map((number) => pieceOf(strokes[number], number))
    .filter((piece) => heightOf(piece) > 0.6 * heightOf(digit))
    .sort((one, other) => place(one) - place(other));
  return tall.slice(1).some((right, number) =>
    tall[number].high[0] - right.low[0] < APART.overlap * heightOf(digit)
    && !isFour(tall[number], right, strokes, gaps));
}
