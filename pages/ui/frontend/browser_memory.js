// Keeps one thing in the visitor's browser, and tells Python once what was kept there before.
//
// data.name: what it is kept under. data.place: in which of the browser's stores. data.stamp: of what
// Python has, "" for nothing. data.value: that itself, or null where it was sent before. data.held:
// the stamp of what was last heard from here. data.heard: whether Python has heard it: from then on
// Python knows best. data.ask: whether it wants an answer from a browser that keeps nothing, too.
// data.joined: whether what another tab adds to the list stays in it. data.visit: which visit asks.
// data.told: the list of words that a cookie said before the page was there; null where none shall.

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

// Says it to the server before a page is there. Cookies know no ports: the name says which server.
const tell = (name, list) => {
  const secure = location.protocol === "https:" ? ";secure" : "";
  const said = [`${name}-${location.host}`, list.join(".")].map(encodeURIComponent).join("=");
  document.cookie = `${said};path=/;max-age=31536000;samesite=lax${secure}`;
};

export default ({ data, setTriggerValue }) => {
  const { name, place, stamp, value, held, heard, ask, joined, visit, told } = data;
  const own = `${name} ${visit}`;
  known[own] ??= listed(place, name);
  if (told && known[own].length) tell(name, listed(place, name));
  const isTold = told?.length && told.join() === known[own].join();
  // What this page wrote itself is no news: telling it would run the page again, at any moment.
  const kept = heard || isTold || own in written ? null : recall(place, name);
  if (Array.isArray(kept) && kept.length) {
    written[own] = "what was kept before";
    return setTriggerValue("kept", kept);
  }
  if (ask && !heard && !isTold) return setTriggerValue("kept", []);
  if (held === stamp) written[own] = stamp;
  if ((written[own] ?? "") === stamp) return;
  if (value === null) return setTriggerValue("wanted", true);
  // An empty list is wiped out, whoever added to it: its visitor said so.
  const all = joined && value.length ? withNews(value, known[own], listed(place, name)) : value;
  write(place, name, all);
  if (told) tell(name, all);
  [written[own], known[own]] = [stamp, all];
};
