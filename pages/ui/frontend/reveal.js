// Shows the page when all that stands on it has come, down to the way on at its end: until then its
// parts would push one another about. What comes late has room of its own. Without this script the
// page shows itself after eight seconds (pages/ui/shell.py).

const PATIENCE = 6_000; // milliseconds, once the end is there

// Whether a part is there, but not yet the style sheet that gives it this property.
const isBare = (part, property) => {
  const found = document.querySelector(part);
  return found && !getComputedStyle(found).getPropertyValue(property);
};

export default ({ data, parentElement }) => {
  let began = null;
  const look = () => {
    if (!parentElement.isConnected) return; // another page is shown
    const parts = document.querySelectorAll('.st-key-page [data-testid="stSkeleton"]');
    const bare = isBare(".st-key-page", "--styled") || isBare(".st-key-stage", "--side");
    const end = document.querySelector(`.st-key-way-on-${data.page} [data-testid=stCaptionContainer]`);
    if (end) began ??= performance.now();
    const waiting = bare || [...parts].some((part) => !part.closest(".st-key-late"));
    if (!end || (waiting && performance.now() - began < PATIENCE)) return requestAnimationFrame(look);
    document.body.getBoundingClientRect(); // its letters are asked for
    // Two frames later: once it was hidden for one, what the style sheet moved is no shift.
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(show)));
  };
  const show = () => (document.documentElement.dataset.whole = data.page);
  requestAnimationFrame(look);
};
