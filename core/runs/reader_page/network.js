// The network: its layers one after the other, on plain arrays of numbers. It only reads; how it
// learned is the business of the app. Layers and activations have the names that PyTorch gives them.

const ACTIVATIONS = {
  ReLU: (x) => Math.max(0, x),
  LeakyReLU: (x) => (x > 0 ? x : 0.01 * x),
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  GELU: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  Identity: (x) => x,
};

const LAYERS = {
  // Every unit: a weighted sum of all numbers.
  Linear(values, { units, weights, bias }) {
    return Float32Array.from({ length: units }, (_, unit) => {
      let sum = bias[unit];
      const start = unit * values.length;
      for (let input = 0; input < values.length; input += 1) sum += weights[start + input] * values[input];
      return sum;
    });
  },

  // Every filter: windows of 3×3 slide over the maps, beyond whose edges all is 0.
  Conv2d(values, { units, inputs, weights, bias }) {
    const side = Math.sqrt(values.length / inputs);
    const found = new Float32Array(units * side * side);
    for (let unit = 0; unit < units; unit += 1) {
      const map = found.subarray(unit * side * side, (unit + 1) * side * side).fill(bias[unit]);
      for (let input = 0; input < inputs; input += 1) {
        const seen = values.subarray(input * side * side, (input + 1) * side * side);
        const window = weights.subarray((unit * inputs + input) * 9, (unit * inputs + input + 1) * 9);
        window.forEach((weight, place) => addShifted(map, seen, side, weight, place));
      }
    }
    return found;
  },

  // Of every 2×2 squares the largest stays.
  MaxPool2d(values, { inputs }) {
    const side = Math.sqrt(values.length / inputs);
    const half = Math.floor(side / 2);
    return Float32Array.from({ length: inputs * half * half }, (_, place) => {
      const [column, row] = [place % half, Math.floor(place / half) % half];
      const corner = Math.floor(place / half / half) * side * side + 2 * row * side + 2 * column;
      return Math.max(...[0, 1, side, side + 1].map((step) => values[corner + step]));
    });
  },

  // What batch normalisation does after training: a scale and a shift for each map.
  BatchNorm2d(values, { scale, shift }) {
    const size = values.length / scale.length;
    return values.map((value, place) => {
      const map = Math.floor(place / size);
      return value * scale[map] + shift[map];
    });
  },
};

// Adds `weight` times the map `seen`, moved to where square `place` of a window of 3×3 looks.
function addShifted(map, seen, side, weight, place) {
  const [down, right] = [Math.floor(place / 3) - 1, (place % 3) - 1];
  const [top, bottom] = [Math.max(0, -down), Math.min(side, side - down)];
  const [first, last] = [Math.max(0, -right), Math.min(side, side - right)];
  const move = down * side + right;
  for (let row = top; row < bottom; row += 1) {
    for (let at = row * side + first; at < row * side + last; at += 1) map[at] += weight * seen[at + move];
  }
}

// Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: at most 1.5e-7 off.
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
    .reduce((value, factor) => (value + factor) * t, 0);
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

// The layers of the file, their numbers unpacked.
function unpackedLayers(layers) {
  return layers.map((layer) => Object.fromEntries(Object.entries(layer).map(
    ([name, value]) => [name, value?.base64 === undefined ? value : numbersOf(value)])));
}

function numbersOf({ bits, base64 }) {
  const { buffer } = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return bits === 32 ? new Float32Array(buffer) : Float32Array.from(new Uint16Array(buffer), fromHalf);
}

// A number of 16 bits (IEEE 754 binary16).
function fromHalf(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

// What the network thinks of a picture: ten probabilities, and how sure it is that it is no digit,
// as core/evaluation.py reads them off its ten scores.
function read(layers, image) {
  let values = image;
  for (const layer of layers) {
    const activation = ACTIVATIONS[layer.kind];
    values = activation ? values.map(activation) : LAYERS[layer.kind](values, layer);
  }
  const scores = Array.from(values);
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  const doubt = 1 / (1 + Math.exp(most + Math.log(sum)));
  return { shares: powers.map((power) => power / sum), doubt };
}
