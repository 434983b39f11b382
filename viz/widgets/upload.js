// A file to choose or to drop; its text is sent, unless it is too large.
function render({ model, el }) {
  const made = (window.deltaplanMade ?? 0) + 1; // of the page: every widget has a copy of this file
  window.deltaplanMade = made;
  const label = document.createElement("label");
  const field = document.createElement("input");
  const box = document.createElement("div");
  field.id = `dp-upload-${made}`;
  field.type = "file";
  field.accept = model.get("accept");
  label.htmlFor = field.id;
  box.className = "dp-field dp-upload";
  box.append(label, field);
  el.append(box);
  let count = 0;
  async function take(file) {
    if (!file) return;
    count += 1;
    let text = "";
    if (file.size <= model.get("most")) {
      try {
        text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      } catch { text = ""; }
    }
    model.set("file", { name: file.name, size: file.size, text, count });
    model.save_changes();
    field.value = "";
  }
  field.addEventListener("change", () => take(field.files[0]));
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  const words = () => { label.textContent = model.get("label"); };
  model.on("change:label", words);
  words();
}
export default { render };
