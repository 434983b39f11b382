// A chart with its numbers as a table. ECharts comes from the server's own assets.
let library = null;
function echarts() {
  if (library === null) {
    const base = new URL(window.solara.cdn + "/", document.baseURI);
    library = import(new URL("echarts@5.4.0/dist/echarts.esm.min.js", base));
  }
  return library;
}

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const plain = (text) => String(text).replace(/[&<>"]/g, (sign) => escapes[sign]);

function number(value, lang, decimals) {
  if (value === null || value === undefined || value === "-" || Number.isNaN(Number(value))) return "–";
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(lang, options).format(Number(value));
}

function month(text, lang) {
  const found = /^(\d{4})-(\d{2})/.exec(text);
  if (!found) return plain(text);
  const day = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, 15));
  return new Intl.DateTimeFormat(lang, { month: "short", year: "numeric", timeZone: "UTC" }).format(day);
}

// the functions that an option may name
function named(text, lang, extra) {
  const [name, rest] = text.slice(1).split(":");
  const decimals = Number(rest || 0);
  if (name === "num") return (value) => number(typeof value === "object" && value !== null ? value.value : value, lang, decimals);
  if (name === "signed")
    return (value) => {
      const one = typeof value === "object" && value !== null ? value.value : value;
      return (Number(one) > 0 ? "+" : "") + number(one, lang, decimals);
    };
  if (name === "month") return (value) => month(value, lang);
  if (name === "year") return (value) => String(value).slice(0, 4);
  if (name === "january") return (index, value) => String(value).slice(5, 7) === "01" || String(value).length === 4;
  if (name === "trend")
    return (points) => {
      const shown = points.filter((point) => !point.seriesName.startsWith("~"));
      if (!shown.length) return "";
      const rows = shown.map((point) => {
        const band = (extra.bands || {})[point.seriesName];
        const at = point.dataIndex;
        const range = band && band.low[at] !== null
          ? ` (${number(band.low[at], lang, decimals)} – ${number(band.high[at], lang, decimals)})` : "";
        return `${point.marker} ${plain(point.seriesName)}: <b>${number(point.value, lang, decimals)}</b>${range}`;
      });
      return [`<b>${month(shown[0].axisValue, lang)}</b>`, ...rows].join("<br>");
    };
  if (name === "place")
    return (point) => {
      const lines = (point.data && point.data.lines) || (extra.lines || {})[point.name] || [];
      return [`<b>${plain(point.name)}</b>`, ...lines.map(plain)].join("<br>");
    };
  return text;
}

function withFunctions(thing, lang, extra) {
  if (typeof thing === "string") return thing.startsWith("@") ? named(thing, lang, extra) : thing;
  if (Array.isArray(thing)) return thing.map((one) => withFunctions(one, lang, extra));
  if (thing === null || typeof thing !== "object") return thing;
  return Object.fromEntries(Object.entries(thing).map(([key, one]) =>
    [key, key === "data" ? one : withFunctions(one, lang, extra)]));
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.map((child) => (child instanceof Node ? child : document.createTextNode(child))));
  return made;
}

function tableOf(table, label) {
  const head = element("tr", {}, ...(table.heads || []).map((one) => element("th", { scope: "col" }, one)));
  const rows = (table.rows || []).map((row) =>
    element("tr", {}, ...row.map((one, k) => k ? element("td", {}, one) : element("th", { scope: "row" }, one))));
  return element("table", {}, element("caption", {}, label), element("thead", {}, head), element("tbody", {}, ...rows));
}

async function render({ model, el }) {
  const canvas = element("div", { class: "dp-chart-canvas", role: "img" });
  const numbers = element("div", { class: "dp-chart-table", tabindex: "0", role: "region", hidden: true });
  const swap = element("button", { type: "button", class: "dp-chart-button" });
  const save = element("button", { type: "button", class: "dp-chart-button" }, "PNG");
  const bar = element("div", { class: "dp-chart-bar" }, swap, save);
  const figure = element("div", { class: "dp-chart" }, canvas, numbers, bar);
  el.append(figure);
  let chart = null;
  let clicks = 0;
  let gone = false;
  let asTable = false;

  function words() {
    const texts = model.get("texts");
    const label = model.get("label");
    canvas.setAttribute("aria-label", label);
    numbers.setAttribute("aria-label", label);
    swap.textContent = asTable ? texts.chart || "chart" : texts.table || "table";
    swap.setAttribute("aria-label", `${swap.textContent}: ${label}`);
    swap.setAttribute("aria-pressed", String(asTable));
    save.setAttribute("aria-label", `${texts.png || "PNG"}: ${label}`);
    if (asTable) numbers.replaceChildren(tableOf(model.get("table"), label));
  }
  function size() {
    canvas.style.height = `${model.get("height")}px`;
    numbers.style.height = `${model.get("height")}px`;
    if (chart) chart.resize();
  }
  function draw() {
    if (!chart) return;
    const option = model.get("option");
    const lang = model.get("lang");
    const ready = withFunctions(option, lang, option.deltaplan || {});
    delete ready.deltaplan;
    chart.setOption(ready, { replaceMerge: ["series", "visualMap", "geo"], lazyUpdate: false });
  }
  async function begin() {
    const found = await echarts();
    if (gone || chart || !canvas.clientWidth) return;
    for (const [name, shape] of Object.entries(model.get("maps"))) found.registerMap(name, shape);
    chart = found.init(canvas, null, { renderer: "canvas" });
    chart.on("click", (point) => {
      const data = point.data || {};
      clicks += 1;
      model.set("clicked", { series: point.seriesName || point.componentType, name: point.name, id: data.id ?? null, count: clicks });
      model.save_changes();
    });
    draw();
  }
  swap.addEventListener("click", () => {
    asTable = !asTable;
    numbers.hidden = !asTable;
    canvas.hidden = asTable;
    words();
    if (!asTable && chart) chart.resize();
  });
  save.addEventListener("click", () => {
    if (!chart) return;
    const ground = getComputedStyle(figure).getPropertyValue("--dp-ground").trim() || "#ffffff";
    const link = element("a", { href: chart.getDataURL({ pixelRatio: 2, backgroundColor: ground }), download: `${model.get("file")}.png` });
    link.click();
  });
  const watcher = new ResizeObserver(() => {
    if (chart) chart.resize();
    else begin();
  });
  watcher.observe(canvas);
  const redraw = () => draw();
  const reword = () => words();
  model.on("change:option", redraw);
  model.on("change:lang", redraw);
  model.on("change:maps", async () => {
    const found = await echarts();
    for (const [name, shape] of Object.entries(model.get("maps"))) found.registerMap(name, shape);
    draw();
  });
  for (const name of ["label", "table", "texts", "lang"]) model.on(`change:${name}`, reword);
  model.on("change:height", size);
  words();
  size();
  begin();
  return () => {
    gone = true;
    watcher.disconnect();
    if (chart) chart.dispose();
  };
}
export default { render };
