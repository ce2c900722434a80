// Keeps one thing in the visitor's browser, and tells Python once what was kept there before.
//
// data.name: what it is kept under. data.place: in which of the browser's stores. data.stamp: of what
// Python has, "" for nothing. data.value: that itself, or null where it was sent before. data.held:
// the stamp of what was last heard from here. data.heard: whether Python has heard it: from then on
// Python knows best. data.ask: whether it wants an answer from a browser that keeps nothing, too.
// data.joined: whether what another tab adds to the list stays in it. data.visit: which visit asks.

// Stamps by name and visit: what this visit keeps here. A connection that was cut for long comes back
// as another visit, without the page being loaded anew.
const written = (window.digitlabWritten ??= {});

// By the same names: the list as this page last saw it, which tells what another tab has added since.
const known = (window.digitlabKnown ??= {});

const recall = (place, name) => {
  try {
    return JSON.parse(window[place].getItem(name) ?? "null");
  } catch {
    return null; // nothing can be kept here, or something else is
  }
};

const listed = (place, name) => {
  const kept = recall(place, name);
  return Array.isArray(kept) ? kept : [];
};

const withNews = (value, before, now) => {
  const old = new Set([...before, ...value].map((each) => JSON.stringify(each)));
  return [...value, ...now.filter((each) => !old.has(JSON.stringify(each)))];
};

const write = (place, name, value) => {
  try {
    if (value.length) window[place].setItem(name, JSON.stringify(value));
    else window[place].removeItem(name);
  } catch {
    // then it is forgotten with the visit
  }
};

export default ({ data, setTriggerValue }) => {
  const { name, place, stamp, value, held, heard, ask, joined, visit } = data;
  const own = `${name} ${visit}`;
  known[own] ??= listed(place, name);
  // What this page wrote itself is no news: telling it would run the page again, at any moment.
  const kept = heard || own in written ? null : recall(place, name);
  if (Array.isArray(kept) && kept.length) {
    written[own] = "what was kept before";
    return setTriggerValue("kept", kept);
  }
  if (ask && !heard) return setTriggerValue("kept", []);
  if (held === stamp) written[own] = stamp;
  if ((written[own] ?? "") === stamp) return;
  if (value === null) return setTriggerValue("wanted", true);
  // An empty list is wiped out, whoever added to it: its visitor said so.
  const all = joined && value.length ? withNews(value, known[own], listed(place, name)) : value;
  write(place, name, all);
  [written[own], known[own]] = [stamp, all];
};
