// The speaker's window: it asks the window that the audience sees where the demo is, follows it, and
// may send it to another stop. The clock begins at the first stop that it hears of.

export default ({ parentElement, data }) => {
  const root = parentElement.querySelector(".notes");
  const parts = Object.fromEntries(["place", "clock", "title", "say", "notes", "after"].map(
    (name) => [name, make(name === "title" ? "h1" : name === "notes" ? "pre" : "p", name)]));
  root.replaceChildren(...Object.values(parts));
  const channel = new BroadcastChannel(CHANNEL);
  let [stop, begun] = [0, 0];
  const show = () => {
    const [now, next] = [data.stops[stop - 1], data.stops[stop]];
    parts.place.textContent = `${stop} / ${data.stops.length}`;
    parts.title.textContent = now?.title ?? "Before the first stop";
    parts.say.textContent = now?.say ?? "";
    parts.notes.textContent = now?.notes ?? "The keys of a clicker work in both windows.";
    parts.after.textContent = next ? `Next: ${next.title}. ${next.say}` : "That was the last stop.";
  };
  const tick = () => {
    const seconds = begun ? Math.floor((Date.now() - begun) / 1000) : 0;
    const two = (number) => String(number).padStart(2, "0");
    parts.clock.textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  };
  channel.onmessage = ({ data: said }) => {
    if (!("here" in said)) return;
    stop = said.here;
    begun ||= stop ? Date.now() : 0;
    show();
  };
  const listening = new AbortController();
  window.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    channel.postMessage({ go: stop + step });
  }, { signal: listening.signal });
  const ticking = setInterval(tick, 500);
  show();
  tick();
  channel.postMessage({ where: true });
  return () => {
    listening.abort();
    clearInterval(ticking);
    channel.close();
  };
};
