// A slider over months that plays by itself when asked to.
function render({ model, el }) {
  const play = document.createElement("button");
  const slider = document.createElement("input");
  const shown = document.createElement("output");
  const box = document.createElement("div");
  box.className = "dp-timeline";
  play.type = "button";
  slider.type = "range";
  slider.min = 0;
  slider.step = 1;
  box.append(play, slider, shown);
  el.append(box);
  let timer = null;

  function text(at) {
    const found = /^(\d{4})-(\d{2})/.exec(model.get("months")[at] || "");
    if (!found) return "";
    const day = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, 15));
    return new Intl.DateTimeFormat(model.get("lang"), { month: "long", year: "numeric", timeZone: "UTC" }).format(day);
  }
  function words() {
    const texts = model.get("texts");
    play.textContent = timer === null ? "▶" : "❚❚";
    play.setAttribute("aria-label", timer === null ? texts.play : texts.pause);
    play.title = timer === null ? texts.play : texts.pause;
    slider.setAttribute("aria-label", texts.label);
    say();
  }
  function say() {
    shown.textContent = text(Number(slider.value));
    slider.setAttribute("aria-valuetext", shown.textContent);
  }
  function range() {
    slider.max = Math.max(0, model.get("months").length - 1);
    slider.value = model.get("index");
    say();
  }
  function tell() {
    model.set("index", Number(slider.value));
    model.save_changes();
    say();
  }
  function stop() {
    if (timer !== null) clearInterval(timer);
    timer = null;
    words();
  }
  play.addEventListener("click", () => {
    if (timer !== null) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    timer = setInterval(() => {
      if (Number(slider.value) >= Number(slider.max)) return stop();
      slider.value = Number(slider.value) + 1;
      tell();
    }, model.get("interval"));
    words();
  });
  slider.addEventListener("input", tell);
  model.on("change:months", range);
  model.on("change:index", () => { if (timer === null && document.activeElement !== slider) range(); });
  model.on("change:texts", words);
  model.on("change:lang", words);
  range();
  words();
  return stop;
}
export default { render };
