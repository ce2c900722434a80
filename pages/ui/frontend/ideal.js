// Ten pictures on their way from noise to what a network likes best, step by step as it was
// recorded. It measures nothing: pictures and shares come from core/explain/ideal.py.

const FRAME = 140; // milliseconds from one recorded step to the next
const ANSWERS = 10;

export default function show({ parentElement, data }) {
  const root = parentElement.querySelector(".ideal");
  root.ideal ??= new Ideal(root);
  root.ideal.show(data);
  return () => root.ideal.leave();
}

class Ideal {
  constructor(root) {
    this.root = root;
    [this.button, this.slider, this.said] = root.querySelectorAll("button, input, output");
    this.button.onclick = () => (this.timer ? this.pause() : this.play());
    this.slider.oninput = () => {
      this.pause();
      this.draw(Number(this.slider.value));
    };
  }

  show(data) {
    if (this.data?.sheet === data.sheet) return;
    this.data = data;
    this.slider.max = data.steps.length - 1;
    this.figures = Array.from({ length: ANSWERS }, (_, digit) => this.figure(digit));
    this.root.querySelector(".ten").replaceChildren(...this.figures);
    this.pause();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.draw(data.steps.length - 1);
    else this.play();
  }

  figure(digit) {
    const { sheet, average, names } = this.data;
    const made = document.createElement("figure");
    made.innerHTML = `<b>${digit}</b><i role="img"></i><span class="track"><span></span></span>
      <span class="share"></span><i role="img"></i>`;
    const [ideal, real] = made.querySelectorAll("i");
    ideal.setAttribute("aria-label", `What the network likes best for a ${digit}`);
    ideal.style.background =
      `url(${sheet}) ${(100 * digit) / (ANSWERS - 1)}% 0 / ${100 * ANSWERS}% auto`;
    real.setAttribute("aria-label", names[digit]);
    real.title = names[digit];
    real.style.background =
      `url(${average}) ${(100 * digit) / (ANSWERS - 1)}% 0 / ${100 * ANSWERS}% auto`;
    return made;
  }

  play() {
    this.button.textContent = "Pause";
    let step = Number(this.slider.value);
    const last = this.data.steps.length - 1;
    if (step >= last) step = -1;
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      this.draw((step += 1));
      if (step >= last) this.pause();
    }, FRAME);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "Play again";
  }

  // All steps lie one below the other in one picture.
  draw(step) {
    const { steps, shares, sure } = this.data;
    this.slider.value = step;
    this.said.textContent = `step ${steps[step]}`;
    this.slider.setAttribute("aria-valuetext", `step ${steps[step]}`);
    this.figures.forEach((figure, digit) => {
      figure.querySelector("i").style.backgroundPositionY = `${(100 * step) / (steps.length - 1)}%`;
      figure.querySelector(".track span").style.width = `${100 * shares[step][digit]}%`;
      figure.querySelector(".share").textContent = sure[step][digit];
    });
  }

  leave() {
    if (!this.root.isConnected) clearInterval(this.timer);
  }
}
