// What the presenter's bar and the window with the notes share: the keys of a clicker, and the line
// between the two windows. The names that they say to each other: {here: stop}, {go: stop}, {where}.

const CHANNEL = "digitlab-presenter";
const STEPS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
const WRITES = "textarea, [contenteditable=true], "
  + "input:not([type=range], [type=checkbox], [type=radio], [type=button])";
const TAKES_ARROWS = "input, select, textarea, [contenteditable=true], [role=application], "
  + "[role=slider], [role=menu], [role=listbox]";

// By how many stops a key goes on; 0 where it is meant for something else, such as the pad.
const stepOf = (event) => {
  const { key, defaultPrevented, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (!STEPS[key] || defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return 0;
  const taken = key.startsWith("Page") ? WRITES : TAKES_ARROWS;
  return event.composedPath().some((each) => each.matches?.(taken)) ? 0 : STEPS[key];
};

const make = (kind, name, text = "") =>
  Object.assign(document.createElement(kind), { className: name, textContent: text });
