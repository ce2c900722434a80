// What the browser remembers of the run that it shows: the newest look, the looks before, and the
// film of remembered moments; and at which of them the page stands. It draws nothing and measures
// nothing: every number comes from core/runs/at_work.py and core/runs/film.py.

const MOST_LOOKS = 80; // 11 KB each; of more, every second one is let go

// Streamlit calls this with the film of a run, when it builds the page.
export default ({ data }) => moments.takeFilm(data.film);

class Moments extends EventTarget {
  constructor() {
    super();
    this.forget(null);
  }

  forget(run) {
    Object.assign(this, { run, look: null, looks: new Map(), film: new Map(), order: [] });
    this.place = null; // an iteration; null: at the newest look, and on with it
  }

  // A look at the run as it is now; null where there is no run.
  take(look) {
    if ((look?.run ?? null) !== this.run) this.forget(look?.run ?? null);
    if (look) {
      this.look = look;
      this.newest = momentOf(look);
      this.looks.set(look.iteration, this.newest);
      if (this.looks.size > MOST_LOOKS) this.thinOut();
    }
    this.tell();
  }

  thinOut() {
    const kept = [...this.looks].filter(([at], index) => index % 2 || at === this.place);
    this.looks = new Map(kept);
  }

  async takeFilm(film) {
    if (!film?.at.length) return;
    const stills = await stillsOf(film);
    if (this.run !== film.run) this.forget(film.run);
    this.film = stills;
    this.tell();
  }

  stand(iteration) {
    this.place = iteration === this.order.at(-1) ? null : iteration;
    this.tell();
  }

  tell() {
    this.order = [...new Set([...this.film.keys(), ...this.looks.keys()])].sort((a, b) => a - b);
    // With the next frame, lest the browser paint the page once for each of those who hear of it.
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.dispatchEvent(new Event("change"));
    });
  }

  // What is to be seen: the newest look, or what it was like at the moment where the page stands.
  get shown() {
    if (!this.look) return null;
    const then = this.place === null ? null : this.film.get(this.place) ?? this.looks.get(this.place);
    const moment = then ?? this.newest;
    const { labels } = this.look;
    const correct = labels.filter((label, index) => label === moment.answers[index]).length;
    return { ...this.look, ...moment, correct };
  }
}

// iteration; steps: of the first weights, 1 to 15; shares: of 255, ten for each digit of the wall.
function momentOf({ iteration, weights, shares, answers, shown, side }) {
  const pairs = bytesOf(weights);
  const steps = Uint8Array.from({ length: shown * side * side }, (_, index) =>
    index % 2 ? pairs[index >> 1] & 15 : pairs[index >> 1] >> 4);
  return { iteration, steps, shares: bytesOf(shares), answers };
}

// Each still is told by what changed since the one before.
async function stillsOf({ at, answers, shown, side, film }) {
  const packed = new Blob([bytesOf(film)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const numbers = new Uint8Array(await new Response(packed).arrayBuffer());
  const each = numbers.length / at.length;
  for (let index = each; index < numbers.length; index += 1) numbers[index] += numbers[index - each];
  const weights = shown * side * side;
  return new Map(at.map((iteration, index) => {
    const own = numbers.subarray(index * each, (index + 1) * each);
    const said = Array.from(answers[index], (letter) => (letter === "-" ? -1 : Number(letter)));
    const moment = { steps: own.subarray(0, weights), shares: own.subarray(weights), answers: said };
    return [iteration, { iteration, ...moment }];
  }));
}

export function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export const moments = new Moments();
