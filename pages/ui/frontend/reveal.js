// Shows the page when all that stands on it has come, down to the way on at its end: until then its
// parts would push one another about. What comes late has room of its own. Without this script the
// page shows itself after eight seconds (pages/ui/shell.py).

const PATIENCE = 6_000; // milliseconds, once the end is there

export default ({ data, parentElement }) => {
  let began = null;
  const look = () => {
    if (!parentElement.isConnected) return; // another page is shown
    const parts = document.querySelectorAll('.st-key-page [data-testid="stSkeleton"]');
    const stage = document.querySelector(".st-key-stage");
    const bare = stage && !getComputedStyle(stage).getPropertyValue("--side"); // no style sheet yet
    const end = document.querySelector(`.st-key-way-on-${data.page} [data-testid=stCaptionContainer]`);
    if (end) began ??= performance.now();
    const waiting = bare || [...parts].some((part) => !part.closest(".st-key-late"));
    if (!end || (waiting && performance.now() - began < PATIENCE)) return requestAnimationFrame(look);
    document.body.getBoundingClientRect(); // its letters are asked for
    document.fonts.ready.then(() => (document.documentElement.dataset.whole = data.page));
  };
  requestAnimationFrame(look);
};
