// The presenter's bar: keys, list and buttons tell Python to which stop to go; it shows what the
// audience is told. On arrival it presses the buttons that the stop names, as a hand would.

const PATIENCE = 60_000; // milliseconds for the buttons that are to be pressed
const AT_LAST = 20; // looks at a button, a tenth of a second apart, after which it is pressed anyhow
const LEAVE = 0;
const LOOK = 500; // milliseconds between two looks at whether a stop is reached
const LOOKS = 3; // that find the same before it counts
const TRIES = 3;

export default ({ parentElement, data, setTriggerValue }) => {
  const root = parentElement.querySelector(".bar");
  root.bar ??= new Bar(root);
  root.bar.show(data, (stop) => setTriggerValue("go", stop));
  return () => setTimeout(() => root.isConnected || root.bar.leave()); // also called for newer data
};

class Bar {
  constructor(root) {
    const button = (words, act) => {
      const made = make("button", "", words);
      made.onclick = act;
      return made;
    };
    this.place = make("span", "place");
    this.say = make("strong", "say");
    this.list = make("select", "");
    this.list.setAttribute("aria-label", "Stops of the demo");
    this.list.onchange = () => {
      this.list.blur(); // the arrow keys are the demo's again
      this.go(Number(this.list.value));
    };
    this.back = button("Back", () => this.go(this.target - 1));
    this.next = button("Next", () => this.go(this.target + 1));
    const notes = button("Notes", () =>
      window.open(`${location.pathname}?present=notes`, "digitlab-notes", "popup,width=900,height=700"));
    const leave = button("Leave", () => this.end());
    root.append(this.place, this.say, this.list, this.back, this.next, notes, leave);
  }

  show(data, tell) {
    Object.assign(this, { data, tell });
    const { stop, titles } = data;
    this.place.textContent = `${stop} / ${titles.length}`;
    this.say.textContent = data.say;
    const entries = titles.map((title, place) => new Option(`${place + 1} ${title}`, place + 1));
    this.list.replaceChildren(...(stop ? [] : [new Option("Stops", 0)]), ...entries);
    this.list.value = stop;
    this.back.disabled = stop <= 1;
    this.next.disabled = stop >= titles.length;
    this.listen();
    this.press();
  }

  listen() {
    if (this.listening && !this.listening.signal.aborted) return this.announce();
    this.listening = new AbortController();
    const { signal } = this.listening;
    window.addEventListener("keydown", (event) => this.hear(event), { signal });
    // A pad that a hand has drawn on does not keep the arrow keys; one reached by keys does.
    window.addEventListener("pointerup", () => {
      if (document.activeElement?.matches("[role=application]")) document.activeElement.blur();
    }, { signal, capture: true });
    this.channel = new BroadcastChannel(CHANNEL);
    this.channel.onmessage = ({ data: said }) => (said.where ? this.announce() : this.go(said.go));
    return this.announce();
  }

  announce() {
    this.channel.postMessage({ here: this.data.stop });
  }

  hear(event) {
    const step = stepOf(event);
    if (step) {
      event.preventDefault();
      this.go(this.target + step);
    } else if (event.key === "Escape" && !event.defaultPrevented && !isBusy(event)) {
      this.end();
    }
  }

  // Quick presses add up: each goes on from the stop that was asked for last.
  get target() {
    return this.wanted || this.data.stop;
  }

  go(stop) {
    if (!Number.isInteger(stop) || stop < 1 || stop > this.data.titles.length) return;
    this.wanted = stop;
    this.tell(stop);
    this.insist(TRIES);
  }

  // A stroke that is sent in the same moment can undo the step: Streamlit then runs the page with
  // the address that it had before. So whoever is not there when all is quiet asks again.
  insist(tries) {
    clearTimeout(this.insisting);
    let [quiet, there] = [0, 0];
    const look = () => {
      const { testScriptState: script, testConnectionState: line } =
        document.querySelector("[data-testid=stApp]").dataset;
      const isThere = this.data.stop === this.wanted;
      const isQuiet = script === "notRunning" && line === "CONNECTED";
      [quiet, there] = [!isThere && isQuiet ? quiet + 1 : 0, isThere ? there + 1 : 0];
      if (there >= LOOKS || (quiet >= LOOKS && !tries)) this.wanted = null;
      else if (quiet >= LOOKS) {
        this.tell(this.wanted);
        this.insist(tries - 1);
      } else this.insisting = setTimeout(look, LOOK);
    };
    this.insisting = setTimeout(look, LOOK);
  }

  end() {
    clearTimeout(this.insisting);
    this.wanted = LEAVE;
    this.tell(LEAVE);
  }

  async press() {
    const { stop, press, arrival } = this.data;
    if (!press.length || window.digitlabArrival === arrival) return;
    window.digitlabArrival = arrival;
    const until = performance.now() + PATIENCE;
    for (const key of press) {
      let ready = 0;
      while (performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        // Who goes on is not held back: for a button Streamlit would run this page, and not the next.
        if (window.digitlabArrival !== arrival || (this.wanted ?? stop) !== stop) return;
        const app = document.querySelector("[data-testid=stApp]");
        const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
        const canBePressed = button && !button.disabled && !button.closest("[data-stale=true]");
        ready = canBePressed ? ready + 1 : 0;
        // A page that looks at a run again and again may hardly ever be found at rest.
        if (ready < (app?.dataset.testScriptState === "notRunning" ? 1 : AT_LAST)) continue;
        button.click();
        break;
      }
    }
  }

  leave() {
    clearTimeout(this.insisting);
    this.listening.abort();
    this.channel.close();
  }
}

// Escape closes what is open, and lifts the pen of a pad, before it ends the demo.
const isBusy = (event) =>
  document.querySelector("[role=dialog], [role=menu], [role=listbox]")
  || event.composedPath().some((each) => each.matches?.("input, textarea, select, [role=application]"));
