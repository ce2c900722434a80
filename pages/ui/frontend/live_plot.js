// Keeps one Plotly chart in place on a Streamlit page, also while its data grow. It knows how a chart is
// drawn and coloured, and nothing of what it shows: that comes from core/charts.

const PHONE_WIDTH = 520; // pixels; below it margins shrink and the ticks thin out
const GRACE = 4000; // milliseconds for which a chart that left the page is kept
const MARK = "position: absolute; pointer-events: none; opacity: 0.85";
const TOUCH = matchMedia("(pointer: coarse)"); // nobody zooms there, and buttons would be too small
const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };
const charts = new Map(); // key -> LiveChart
let plotly = null; // the promise of plotly.js, one for all charts of the page

// Streamlit calls this for the first data, for all later data, and when the theme changes.
export default function show({ parentElement, data }, root) {
  const plotlyAddress = new URL(data.plotly, root).href;
  if (!charts.has(data.key)) charts.set(data.key, new LiveChart(data.key, plotlyAddress));
  const chart = charts.get(data.key);
  chart.show(parentElement, data);
  return () => chart.leaveIfRemoved();
}

function loadPlotly(address) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      plotly = null; // so that the next data try again
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(script);
  });
  return plotly;
}

class LiveChart {
  constructor(key, plotlyAddress) {
    this.key = key;
    this.plotlyAddress = plotlyAddress;
    this.wanted = null; // the newest data, not yet drawn
    this.drawing = false;
    this.held = false; // the visitor's finger or mouse button is down
    this.node = document.createElement("div");
    this.node.className = "digitlab-live-plot";
    this.node.setAttribute("role", "figure");

    this.listeners = new AbortController();
    const { signal } = this.listeners;
    // New data in the middle of dragging a zoom box would wipe the box away, so they wait.
    this.node.addEventListener("pointerdown", () => (this.held = true), { signal });
    for (const end of ["pointerup", "pointercancel", "blur"]) {
      window.addEventListener(end, () => this.release(), { signal });
    }
    // Elsewhere on the page a moment was chosen: `line` of the chart named `chart`, at this x.
    window.addEventListener("digitlab-mark", ({ detail }) => {
      if (detail.chart !== this.key) return;
      this.mark = detail;
      this.drawMark();
    }, { signal });
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(this.node);
  }

  // On a busy machine Streamlit may take an element off the page and put another in its place at
  // once. The chart then moves over, as the visitor left it.
  show(parent, data) {
    if (this.node.parentElement !== parent) parent.replaceChildren(this.node);
    this.data = this.wanted = data;
    this.node.style.height = `${data.height / 16}rem`;
    this.node.setAttribute("aria-label", data.chart.alt);
    this.draw();
  }

  // One drawing at a time, always of the newest data; whatever came meanwhile is drawn after it.
  async draw() {
    if (this.drawing) return;
    this.drawing = true;
    try {
      const Plotly = await loadPlotly(this.plotlyAddress);
      while (this.wanted) {
        await new Promise(requestAnimationFrame); // with what else of the page is painted anew
        if (this.held || !this.node.clientWidth || !this.node.isConnected) break;
        const { chart } = this.wanted;
        this.wanted = null;
        this.width = this.node.clientWidth;
        if (!this.config) {
          this.config = buttonsOf(this);
          this.node.replaceChildren();
        } else this.node.style.willChange = "transform"; // it changes, and the page round it does not
        const size = { width: this.width, height: this.node.clientHeight };
        await this.paint(Plotly, chart.appends, painted(chart, size, themeOf(this.node)));
        this.drawMark();
      }
    } catch (error) {
      console.warn(error);
      if (!this.node.firstChild) this.node.textContent = this.data.chart.alt;
    } finally {
      this.drawing = false;
    }
  }

  // Plotly needs three times as long for all of a chart as for its lines alone. Where these only grow,
  // and with them a text at their ends, all else mostly is as it was.
  async paint(Plotly, appends, { data, layout }) {
    const look = appends && JSON.stringify([layout, data.map(({ x, y, text, ...others }) => others)]);
    if (look && look === this.look) {
      const grown = data.map(({ x, y, text = "" }) => ({ x, y, text }));
      await Plotly.animate(this.node, [{ data: grown, traces: [...data.keys()] }], AT_ONCE);
    } else await Plotly.react(this.node, data, layout, this.config);
    this.look = look;
  }

  // An upright line through the chart, and a dot on its line. It lies over the chart, since Plotly
  // would draw all of it again, too slowly for a film.
  drawMark() {
    const [{ _fullLayout: layout, data }, { line, at }] = [this.node, this.mark ?? {}];
    this.marks ??= ["line", "dot"].map(() =>
      Object.assign(document.createElement("div"), { className: "digitlab-mark", hidden: true }));
    const points = data?.find(({ uid }) => uid === line);
    const place = at == null || !layout || !points ? null : placeOn(points, at, layout);
    this.marks.forEach((mark) => (mark.hidden = !place));
    if (!place) return;
    const { text } = themeOf(this.node);
    const [upright, dot] = this.marks;
    upright.style = `${MARK}; left: ${place.x - 1}px; top: ${place.top}px; width: 2px;`
      + ` height: ${place.height}px; background: ${text}`;
    dot.style = `${MARK}; left: ${place.x - 6}px; top: ${place.y - 6}px; width: 12px;`
      + ` height: 12px; border-radius: 50%; background: ${text}`;
    dot.hidden = place.y === null;
    this.node.style.position = "relative";
    this.node.append(...this.marks);
  }

  release() {
    if (!this.held) return;
    // Plotly listens for the same event; it may finish first.
    setTimeout(() => {
      this.held = false;
      this.draw();
    });
  }

  resize() {
    if (this.node.clientWidth === this.width) return;
    this.wanted ??= this.data;
    this.draw();
  }

  // Streamlit also calls this for data that newer data overtook, while the chart is still wanted.
  leaveIfRemoved() {
    if (this.node.isConnected) return;
    setTimeout(() => {
      if (this.node.isConnected || charts.get(this.key) !== this) return;
      this.listeners.abort();
      this.resizes.disconnect();
      charts.delete(this.key);
      window.Plotly?.purge(this.node);
    }, GRACE);
  }
}

// Where the line of a chart passes at this x, in pixels of the chart; null where x is out of sight.
// `y` is null where the line does not reach.
function placeOn({ x, y }, at, { xaxis, yaxis, _size: size }) {
  const across = xaxis.d2p(at);
  if (!(across >= 0 && across <= xaxis._length)) return null;
  const after = x.findIndex((each) => each >= at);
  const before = x[after] > at ? after - 1 : after;
  const [low, high] = [before, after].map((each) => yaxis.d2p(y[each] ?? undefined));
  const share = after > before ? (at - x[before]) / (x[after] - x[before]) : 0;
  const down = yaxis._offset + low + (high - low) * share;
  const height = Number.isFinite(down) ? down : null;
  return { x: xaxis._offset + across, y: height, top: size.t, height: size.h };
}

function themeOf(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--st-text-color", "#31333f"),
    background: read("--st-background-color", "#ffffff"),
    border: read("--st-border-color", "#d0d0d8"),
    font: read("--st-font", "sans-serif"),
  };
}

// The chart as Plotly takes it: the given data and layout in this theme's colours, at this width.
function painted(chart, size, theme) {
  const phone = size.width < PHONE_WIDTH;
  const axis = {
    gridcolor: theme.border,
    linecolor: theme.border,
    zeroline: false,
    automargin: true,
  };
  const layout = {
    ...size,
    uirevision: "kept", // keeps hidden lines hidden; each axis has a revision of its own
    paper_bgcolor: theme.background, // a saved picture needs one
    plot_bgcolor: theme.background,
    font: { family: theme.font, size: phone ? 13 : 14, color: theme.text },
    margin: { l: phone ? 44 : 56, r: phone ? 16 : 28, t: 36, b: 8, pad: 0 },
    hovermode: "x unified",
    hoversubplots: "axis",
    hoverlabel: { bgcolor: theme.background, bordercolor: theme.border, font: { size: 13 } },
    legend: { orientation: "h", x: 0, xanchor: "left", yref: "container", y: 0, yanchor: "bottom" },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.text, activecolor: theme.text },
    // A finger on the chart must scroll the page, so zooming is for those who have a mouse.
    dragmode: TOUCH.matches ? false : "zoom",
    ...chart.layout,
  };
  for (const name of Object.keys(layout).filter((name) => /^[xy]axis/.test(name))) {
    layout[name] = { ...axis, ...layout[name] };
    if (phone && name.startsWith("x")) layout[name].nticks = 5;
  }
  layout.shapes = (layout.shapes ?? []).map((shape) => ({
    ...shape,
    line: { color: theme.text, ...shape.line },
    opacity: 0.4,
  }));
  grow(layout, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
  // Plotly writes what the visitor hides into the lines it is given, and `chart` may be drawn again
  // (in another theme, at another width), so it gets copies.
  return { data: chart.data.map((line) => ({ ...line })), layout };
}

// Type, and the room that it needs, so many times as large: as large as the page's.
function grow(part, times) {
  for (const [name, each] of Object.entries(part)) {
    const grows = name === "font" ? ["size"] : name === "margin" ? ["l", "r", "t", "b"] : [];
    if (typeof each !== "object" || !each) continue;
    part[name] = Array.isArray(each) ? [...each] : { ...each };
    for (const key of grows) if (key in each) part[name][key] = times * each[key];
    grow(part[name], times);
  }
}

// The buttons of a chart. Plotly draws a chart anew when it is given others, so this is made once.
function buttonsOf(chart) {
  const save = {
    name: "save",
    title: "Download as PNG",
    icon: window.Plotly.Icons.camera,
    click: (node) => downloadPicture(node, chart.data.chart.name),
  };
  if (!chart.data.chart.name || TOUCH.matches) return { displayModeBar: false, doubleClick: false };
  return {
    displayModeBar: true,
    displaylogo: false,
    modeBarButtons: [[save, "autoScale2d"]],
    doubleClick: "autosize",
  };
}

// A saved picture cannot use the page's web font. Laid out with a font that every machine has, its
// words keep clear of one another; Plotly's own button would only swap the letters.
function downloadPicture({ data, layout }, filename) {
  const font = { ...layout.font, family: "sans-serif" };
  const { width, height } = layout;
  const figure = { data, layout: { ...layout, font } };
  window.Plotly.downloadImage(figure, { format: "png", filename, width, height, scale: 2 });
}
