// What Streamlit's page does in a browser that visitors stumble over, put right in one place, once
// for each load. It shows nothing.

if (!window.digitlabManners) {
  window.digitlabManners = true;
  letTranslatorsIn();
  keepOneEntryForEachPage();
  keepShortcutsToThePage();
  keepFocusInTheBar();
}

// A browser that translates a page puts elements of its own in the place of text that React holds
// on to, and React then fails with a NotFoundError (github.com/facebook/react/issues/11538). What
// is no longer where React left it needs no removing; what came in its place is removed with it.
function letTranslatorsIn() {
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function (child) {
    if (child.parentNode === this) return removeChild.call(this, child);
    const translated = [...this.childNodes].find((each) => each.contains(child));
    if (translated) removeChild.call(this, translated);
    return child;
  };
  Node.prototype.insertBefore = function (child, before) {
    if (!before || before.parentNode === this) return insertBefore.call(this, child, before);
    const translated = [...this.childNodes].find((each) => each.contains(before));
    return insertBefore.call(this, child, translated ?? null);
  };
}

// Back leads to the page before, not through every setting: the address of the same page takes the
// place of the one before it. A page that was only passed on the way back gets no new place: Streamlit
// would give it one when its script begins, though by then the visitor has gone further.
function keepOneEntryForEachPage() {
  const push = history.pushState.bind(history);
  const passed = new Set();
  let here = location.pathname;
  window.addEventListener("popstate", () => {
    passed.add(here);
    here = location.pathname;
  });
  for (const kind of ["click", "keydown"]) {
    window.addEventListener(kind, ({ altKey }) => altKey || passed.clear(), true); // Alt + ← is Back
  }
  history.pushState = (state, unused, address) => {
    const { pathname } = new URL(address ?? location.href, location.href);
    if (pathname === location.pathname) history.replaceState(state, unused, address);
    else if (!passed.has(pathname)) push(state, unused, address);
    here = location.pathname;
  };
}

// Streamlit hears the letter of a button's shortcut wherever it is typed, in an open menu too. It
// listens on the document, behind everything that a key may be meant for: from there on only the
// keys go that were meant for the page as a whole, or for the bar of buttons that have shortcuts,
// and none once the visitor has switched them off (pages/ui/widgets/shortcut_keys.py).
function keepShortcutsToThePage() {
  const shortcuts = (window.digitlabShortcuts = {
    off: remembered(),
    turn() {
      shortcuts.off = !shortcuts.off;
      try {
        localStorage.setItem("digitlab-shortcuts", shortcuts.off ? "off" : "on");
      } catch {
        // then it is forgotten with this load
      }
    },
  });
  document.body.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (!/^[a-z]$/i.test(key) || ctrlKey || metaKey || altKey) return; // the duel hears digits
    const meant = target.matches("body, .stMain") || target.closest(".st-key-transport");
    if (shortcuts.off || !meant) event.stopPropagation();
  });
}

// Whoever presses a button over a run with the keyboard stays among these buttons: it is disabled
// then, and a browser would forget the place. The focus goes from Start to Pause, and back when that
// can be pressed again; never to Stop, on which nobody means to press; nowhere once it was led away.
function keepFocusInTheBar() {
  let [pressed, soon] = [null, 0];
  const stay = () => {
    const { activeElement: active, body } = document;
    if (!pressed || (active !== body && !active.disabled)) return;
    const others = document.querySelectorAll(":is(.st-key-start, .st-key-pause) button");
    [pressed, ...others].find((each) => each.isConnected && !each.disabled)
      ?.focus({ preventScroll: true });
  };
  document.addEventListener("click", ({ target, detail }) => { // of a key it has no detail
    pressed = detail ? null : target.closest(".st-key-transport .stButton button");
  }, true);
  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest(".st-key-transport")) pressed = null;
  });
  new MutationObserver(() => {
    clearTimeout(soon);
    soon = setTimeout(stay, 100); // the others change a moment later
  }).observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
}

function remembered() {
  try {
    return localStorage.getItem("digitlab-shortcuts") === "off";
  } catch {
    return false; // nothing is kept here
  }
}
