// Twenty digits, read by the visitor and the network: a large digit, ten keys, two scores, a clock.
// It is played here, without the server, and Python hears of it when it is over.

const TICK = 100; // milliseconds between two looks at the clock

export default function show({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".duel");
  root.duel ??= new Duel(root);
  root.duel.show(data, (played) => setTriggerValue("played", played));
  root.listening?.abort();
  const listening = (root.listening = new AbortController());
  window.addEventListener("keydown", (event) => root.duel.hear(event), listening);
  return () => {
    listening.abort();
    if (!root.isConnected) root.duel.stop();
  };
}

class Duel {
  constructor(root) {
    this.find = (name) => root.querySelector(name);
    this.keys = [...Array(10).keys()].map((digit) => this.makeKey(digit));
    this.find(".keys").append(...this.keys);
  }

  makeKey(digit) {
    const key = document.createElement("button");
    key.textContent = digit;
    key.onclick = () => this.take(digit);
    return key;
  }

  // Called again with the same game, it goes on.
  show(data, tell) {
    this.tell = tell;
    if (this.data?.game === data.game) return;
    this.stop();
    Object.assign(this, { data, answers: [], begun: null });
    this.find(".said").textContent = data.invitation;
    this.find(".digit").style.setProperty("--sheet", `url(${data.sheet})`);
    this.find(".rounds").replaceChildren(...data.labels.map(() => document.createElement("i")));
    this.draw();
  }

  // The keys 0 to 9, unless they are meant for a box with text.
  hear(event) {
    const typing = event.composedPath()[0].closest?.("input, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (/^[0-9]$/.test(event.key)) this.take(Number(event.key));
  }

  take(digit) {
    const { labels, networks } = this.data;
    const round = this.answers.length;
    if (round === labels.length) return;
    this.begun ??= performance.now(); // the clock begins with the first answer
    this.timer ??= setInterval(() => this.drawClock(), TICK);
    this.answers.push(digit);
    const [label, network] = [labels[round], networks[round]];
    this.find(".rounds").children[round].className = digit === label ? "hit" : "miss";
    this.find(".said").textContent = `It was a ${label}. You: ${digit}. The network: ${network}.`;
    this.draw();
    if (round + 1 < labels.length) return;
    const seconds = (performance.now() - this.begun) / 1000;
    this.stop();
    this.tell({ answers: this.answers, seconds, game: this.data.game });
  }

  draw() {
    const { labels, networks } = this.data;
    const done = this.answers.length;
    const right = (answers) => labels.filter((l, n) => n < done && answers[n] === l).length;
    this.find(".yours").textContent = right(this.answers);
    this.find(".networks").textContent = right(networks);
    const shown = Math.min(done, labels.length - 1);
    const { style } = this.find(".digit");
    style.backgroundSize = `100% ${100 * labels.length}%`;
    style.backgroundPositionY = `${(100 * shown) / (labels.length - 1)}%`;
    this.find(".number").textContent = `${shown + 1} of ${labels.length}`;
    this.keys.forEach((key) => (key.disabled = done === labels.length));
    this.drawClock();
  }

  drawClock() {
    const seconds = this.begun === null ? 0 : (performance.now() - this.begun) / 1000;
    this.find(".clock").textContent = `${seconds.toFixed(1)} s`;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }
}
