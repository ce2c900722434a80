// Watches over an exhibit in the browser: nobody there any more, the line lost, fingers that zoom.
//
// data.idle, data.countdown, data.lost: seconds. data.over: the server has forgotten the visitor, so
// that the page is to begin anew. It is loaded anew only when the server answers: a browser that
// cannot reach it would show an error, and nothing would bring it back.

const HEARTBEAT = 500; // milliseconds
const ANSWER = 3000; // milliseconds for the server to say that it has forgotten
const WITHOUT = ["contextmenu", "dragstart", "gesturestart", "selectstart"];

export default ({ parentElement, data, setTriggerValue }) => {
  window.digitlabGuard ??= new Guard();
  window.digitlabGuard.show(parentElement.querySelector(".ask"), data, () =>
    setTriggerValue("forget", true));
};

class Guard {
  constructor() {
    this.touched = this.connected = Date.now();
    this.isUsed = false; // until somebody touches it there is nothing to forget
    const touch = ({ type }) => {
      if (this.box?.open) return; // it takes a click, which must not fall on what lies behind
      this.touched = Date.now();
      if (type !== "pointermove") this.isUsed = true;
    };
    for (const kind of ["pointerdown", "pointermove", "keydown"]) {
      window.addEventListener(kind, touch, { capture: true, passive: true });
    }
    for (const kind of WITHOUT) window.addEventListener(kind, (event) => event.preventDefault());
    window.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(),
      { passive: false });
    document.querySelector("meta[name=viewport]")?.setAttribute("content",
      "width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no");
    setInterval(() => this.look(), HEARTBEAT);
  }

  show(box, data, forget) {
    Object.assign(this, { box, data, forget });
    box.onclick = () => this.stay();
    box.oncancel = () => this.stay();
    if (data.over) this.beginAnew();
  }

  look() {
    const { idle, countdown, lost } = this.data;
    const now = Date.now();
    const { testConnectionState } = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
    if (testConnectionState === "CONNECTED") this.connected = now;
    if (now - this.connected > lost * 1000) return this.beginAnew();
    if (this.isLeaving || !this.isUsed) return undefined;
    const left = idle + countdown - (now - this.touched) / 1000;
    if (left <= 0) return this.leave();
    return this.ask(left < countdown ? Math.ceil(left) : 0);
  }

  ask(seconds) {
    if (!this.box) return;
    if (seconds && !this.box.open) this.box.showModal(); // above all else
    if (!seconds && this.box.open) this.box.close();
    this.box.querySelector(".left").textContent = seconds || "";
  }

  stay() {
    this.touched = Date.now();
    this.ask(0);
  }

  leave() {
    this.isLeaving = true;
    this.forget();
    setTimeout(() => this.beginAnew(), ANSWER);
  }

  async beginAnew() {
    if (this.isBeginning) return;
    this.isLeaving = this.isBeginning = true;
    while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const store of [localStorage, sessionStorage]) {
      for (const name of Object.keys(store)) if (name.startsWith("digitlab")) store.removeItem(name);
    }
    location.replace(`${location.pathname}?kiosk=1`);
  }
}

const answers = async () => {
  const own = document.querySelector('script[src*="static/js/"]');
  const root = own ? own.src.split("static/js/")[0] : document.baseURI;
  try {
    return (await fetch(new URL("_stcore/health", root), { cache: "no-store" })).ok;
  } catch {
    return false;
  }
};
