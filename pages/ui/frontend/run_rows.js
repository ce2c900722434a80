// The rows of Runs: a box to tick for comparing, a name that opens the run, its score on one scale;
// over them a field to search in, which asks when the visitor has not typed for a moment.

const PAUSE = 250; // milliseconds
let typed; // the timer since the last letter

export default ({ parentElement, data, setTriggerValue }) => {
  const [search, scale, rows] = ["[type=search]", ".ends span", ".rows"]
    .map((each) => parentElement.querySelector(each));
  if (!search.matches(":focus")) search.value = data.words;
  search.oninput = () => {
    clearTimeout(typed);
    typed = setTimeout(() => setTriggerValue("searched", search.value), PAUSE);
  };
  rows.setAttribute("aria-label", "Runs");
  rows.style.setProperty("--room", data.room); // a search must not make what is below jump
  scale.replaceChildren(...data.ends.map((words) => made("small", words)));
  // A row stays while its run does: whoever is on it with the keyboard stays there.
  const known = new Map([...rows.children].map((row) => [row.dataset.id, row]));
  const shown = data.rows.map((run) => filled(known.get(run.id) ?? emptyRow(run.id), run));
  const same = shown.length === rows.childElementCount
    && shown.every((row, index) => row === rows.children[index]);
  if (!same) rows.replaceChildren(...shown);

  function made(kind, words = "", className = "") {
    const element = document.createElement(kind);
    element.textContent = words;
    if (className) element.className = className;
    return element;
  }

  function emptyRow(id) {
    const row = made("li");
    row.dataset.id = id;
    const [label, box, open] = [made("label"), made("input"), made("button", "", "open")];
    box.type = "checkbox";
    open.type = "button";
    label.append(box);
    open.append(made("b"), made("mark", "in use"), made("small"), made("small"));
    const score = made("div", "", "score");
    score.append(made("i"), made("span"));
    row.append(label, made("i", "", "layers"), open, score);
    return row;
  }

  function filled(row, run) {
    const [label, layers, open, score] = row.children;
    const box = label.firstElementChild;
    row.className = run.chosen ? "row chosen" : "row";
    box.checked = run.chosen;
    box.setAttribute("aria-label", `Compare ${run.name}`);
    box.onchange = () => setTriggerValue("ticked", run.id);
    open.onclick = () => setTriggerValue("opened", run.id);
    open.setAttribute("aria-pressed", run.chosen);
    layers.style.setProperty("--layers", address(run.layers));
    const [name, inUse, network, when] = open.children;
    name.textContent = run.pinned ? `${run.name} (pinned)` : run.name;
    inUse.hidden = !run.inUse;
    network.textContent = [run.network, run.differs].filter(Boolean).join(" · ");
    when.textContent = [moment(run.begun), run.time, run.state].filter(Boolean).join(" · ");
    const [drawn, words] = score.children;
    drawn.style.setProperty("--drawn", run.drawn ? address(run.drawn) : "none");
    drawn.style.visibility = run.drawn ? "visible" : "hidden";
    words.textContent = run.score;
    return row;
  }

  function address(svg) {
    return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  }

  // In the visitor's own time zone.
  function moment(begun) {
    const date = new Date(begun);
    if (!begun || Number.isNaN(date.getTime())) return "";
    return date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  }
};
