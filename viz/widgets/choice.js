// A native choice with its label.
function render({ model, el }) {
  const made = (window.deltaplanMade ?? 0) + 1; // of the page: every widget has a copy of this file
  window.deltaplanMade = made;
  const label = document.createElement("label");
  const select = document.createElement("select");
  const box = document.createElement("div");
  select.id = `dp-choice-${made}`;
  label.htmlFor = select.id;
  box.className = "dp-choice";
  box.append(label, select);
  el.append(box);
  function options() {
    select.replaceChildren(...model.get("options").map(([value, text]) => new Option(text, value)));
    select.value = model.get("value");
  }
  function words() { label.textContent = model.get("label"); }
  select.addEventListener("change", () => { model.set("value", select.value); model.save_changes(); });
  model.on("change:options", options);
  model.on("change:value", () => { select.value = model.get("value"); });
  model.on("change:label", words);
  options();
  words();
}
export default { render };
