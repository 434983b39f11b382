// Levers: a switch each, its main slider when it is on, and all its settings behind a fold.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null).map((child) => (child instanceof Node ? child : document.createTextNode(child))));
  return made;
}

function shown(value, control, lang) {
  if (control.sort === "date") return String(value).slice(0, 4);
  const step = String(control.step).includes("e") ? 6 : (String(control.step).split(".")[1] || "").length;
  const text = new Intl.NumberFormat(lang, { maximumFractionDigits: Math.max(step, Number.isInteger(value) ? 0 : 2) }).format(value);
  return control.unit === "" ? text : `${text} ${control.unit}`;
}

function render({ model, el }) {
  const made = (window.deltaplanMade ?? 0) + 1; // of the page: every widget has a copy of this file
  window.deltaplanMade = made;
  const prefix = `dp-levers-${made}`;
  const root = element("div", { class: "dp-levers" });
  el.append(root);
  let count = 0;
  let parts = {}; // by kind: the element of the lever and what brings it up to date
  const open = new Set();

  function tell(kind, key, value) {
    count += 1;
    model.set("changed", { kind, key, value, count });
    model.save_changes();
  }

  function numberControl(lever, control, id) {
    const dated = control.sort === "date";
    const out = element("output", { for: id, class: "dp-lever-value" });
    // a range counts its steps from its lower end: both ends are put on round values, and what lies beyond is cut off
    const grid = (value, round) => Number((round(Number((value / control.step).toFixed(6))) * control.step).toFixed(9));
    const input = element("input", { type: "range", id, step: control.step,
      min: grid(control.low, Math.floor), max: grid(control.high, Math.ceil) });
    const read = () => Math.min(control.high, Math.max(control.low, Number(input.value)));
    const say = () => {
      const text = shown(read(), control, model.get("lang"));
      out.textContent = text;
      input.setAttribute("aria-valuetext", text);
    };
    input.addEventListener("input", say);
    input.addEventListener("change", () => tell(lever.kind, control.key, dated ? `${read()}-01-01` : read()));
    const set = (value) => {
      const plain = dated ? Number(String(value).slice(0, 4)) : value;
      if (document.activeElement !== input || Number(input.value) !== plain) input.value = plain;
      const text = shown(dated ? plain : value, control, model.get("lang"));
      out.textContent = text;
      input.setAttribute("aria-valuetext", text);
    };
    return { parts: [out, input], set, input };
  }

  function choiceControl(lever, control, id) {
    const input = element("select", { id }, ...control.options.map(([value, text]) => element("option", { value }, text)));
    input.addEventListener("change", () => tell(lever.kind, control.key, input.value));
    return { parts: [input], set: (value) => { input.value = value ?? ""; }, input };
  }

  function row(lever, control, setters) {
    const id = `${prefix}-${lever.kind}-${control.key}`;
    const made = control.sort === "choice" ? choiceControl(lever, control, id) : numberControl(lever, control, id);
    setters[control.key] = made.set;
    const note = control.note ? element("p", { class: "dp-lever-note", id: `${id}-note` }, control.note) : null;
    if (note) made.input.setAttribute("aria-describedby", `${id}-note`);
    return element("div", { class: "dp-lever-row", title: control.note || null },
      element("label", { for: id }, control.label), ...made.parts, note);
  }

  function lever(one) {
    const texts = model.get("texts");
    const setters = {};
    const id = `${prefix}-${one.kind}`;
    const box = element("input", { type: "checkbox", id, role: "switch" });
    box.addEventListener("change", () => tell(one.kind, "", box.checked));
    const body = element("div", { class: "dp-lever-body", hidden: true });
    if (one.main) body.append(row(one, one.main, setters));
    const fold = element("details", { class: "dp-lever-more" },
      element("summary", {}, texts.more, element("span", { class: "dp-unseen" }, `: ${one.name}`)),
      ...one.controls.map((control) => row(one, control, setters)));
    fold.addEventListener("toggle", () => (fold.open ? open.add(one.kind) : open.delete(one.kind)));
    fold.open = open.has(one.kind);
    body.append(fold);
    const about = element("p", { class: "dp-lever-about" }, one.about);
    const whole = element("div", { class: "dp-lever", "data-kind": one.kind },
      element("div", { class: "dp-lever-head", title: one.about }, box, element("label", { for: id }, one.name)),
      about, body);
    function update(values) {
      const on = values !== undefined && values !== null;
      box.checked = on;
      whole.classList.toggle("dp-on", on);
      body.hidden = !on;
      about.hidden = !on;
      if (!on) return;
      const all = one.main ? [one.main, ...one.controls] : one.controls;
      for (const control of all) setters[control.key](values[control.key] ?? control.default);
    }
    return { whole, update };
  }

  function build() {
    const focused = document.activeElement && root.contains(document.activeElement) ? document.activeElement.id : null;
    parts = {};
    root.replaceChildren(...model.get("groups").map((group) => {
      const made = group.levers.map((one) => { parts[one.kind] = lever(one); return parts[one.kind].whole; });
      const fold = element("details", { class: "dp-lever-group" }, element("summary", {}, group.title), ...made);
      fold.open = group.open;
      return fold;
    }));
    update();
    if (focused) document.getElementById(focused)?.focus();
  }
  function update() {
    const values = model.get("values");
    for (const [kind, part] of Object.entries(parts)) part.update(values[kind]);
  }
  model.on("change:groups", build);
  model.on("change:texts", build);
  model.on("change:values", update);
  build();
}
export default { render };
