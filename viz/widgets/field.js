// A native field for text with its label.
function render({ model, el }) {
  const made = (window.deltaplanMade ?? 0) + 1; // of the page: every widget has a copy of this file
  window.deltaplanMade = made;
  const label = document.createElement("label");
  const field = document.createElement(model.get("lines") > 1 ? "textarea" : "input");
  const box = document.createElement("div");
  field.id = `dp-field-${made}`;
  if (model.get("lines") > 1) field.rows = model.get("lines");
  else field.type = "text";
  label.htmlFor = field.id;
  box.className = "dp-field";
  box.append(label, field);
  el.append(box);
  let timer = null;
  function tell() {
    clearTimeout(timer);
    if (model.get("value") === field.value) return;
    model.set("value", field.value);
    model.save_changes();
  }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(tell, 300); });
  field.addEventListener("change", tell);
  const words = () => { label.textContent = model.get("label"); };
  model.on("change:label", words);
  model.on("change:value", () => { if (document.activeElement !== field) field.value = model.get("value"); });
  field.value = model.get("value");
  words();
  return () => clearTimeout(timer);
}
export default { render };
