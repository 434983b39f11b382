// A button that gives a file, which is made when it is pressed.
function render({ model, el }) {
  const button = document.createElement("button");
  const told = document.createElement("p");
  button.type = "button";
  button.className = "dp-button";
  told.setAttribute("role", "alert");
  told.className = "dp-note";
  el.append(button, told);
  const words = () => { button.textContent = model.get("label"); };
  button.addEventListener("click", () => {
    told.textContent = "";
    button.setAttribute("aria-busy", "true");
    model.send("make");
  });
  model.on("msg:custom", (message, buffers) => {
    button.removeAttribute("aria-busy");
    if (message.fault) {
      told.textContent = model.get("failed").replace("{id}", message.fault);
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([buffers[0]], { type: model.get("mime") }));
    link.download = model.get("file");
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  model.on("change:label", words);
  words();
}
export default { render };
