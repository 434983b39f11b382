// Keeps <html> as the session has it, and names the thumbs of sliders, which Vuetify leaves without a name.
const PLACE = "deltaplan";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    return null; // storage is switched off, or holds something else
  }
}

function keep(model) {
  try {
    const now = { lang: model.get("lang"), dark: model.get("dark"), large: model.get("large") };
    localStorage.setItem(PLACE, JSON.stringify(now));
  } catch {
    // storage is switched off: nothing is remembered
  }
}

function show(model) {
  const root = document.documentElement;
  root.lang = model.get("lang");
  root.dataset.dpTheme = model.get("dark") ? "dark" : "light";
  root.dataset.dpSize = model.get("large") ? "large" : "usual";
}

function nameSliders() {
  for (const thumb of document.querySelectorAll("[role=slider]:not([aria-label]):not([aria-labelledby])")) {
    const label = thumb.closest(".v-input")?.querySelector("label, .v-label")?.textContent?.trim();
    if (label) thumb.setAttribute("aria-label", label);
  }
}

// Says so when the server is gone: what is pressed then does nothing.
function watchConnection(model) {
  const kernel = window.solara?.debug?.kernel?.();
  const note = document.createElement("p");
  note.className = "dp-lost";
  note.setAttribute("role", "alert");
  document.body.append(note);
  const changed = () => {
    const lost = kernel && kernel.connectionStatus !== "connected";
    note.textContent = lost ? model.get("lost") : "";
  };
  kernel?.connectionStatusChanged?.connect(changed);
  return () => {
    kernel?.connectionStatusChanged?.disconnect(changed);
    note.remove();
  };
}

export default {
  render({ model, el }) {
    el.hidden = true;
    const changed = () => {
      show(model);
      keep(model);
    };
    show(model);
    const found = kept() ?? { dark: matchMedia("(prefers-color-scheme: dark)").matches };
    if (["lang", "dark", "large"].some((name) => name in found && found[name] !== model.get(name))) {
      model.set("remembered", found);
      model.save_changes();
    }
    // apart from the above, and when the page has been drawn: the server begins to compute then
    const telling = setTimeout(() => {
      model.set("shown", true);
      model.save_changes();
    }, 500);
    for (const name of ["lang", "dark", "large"]) model.on(`change:${name}`, changed);
    const forget = watchConnection(model);
    nameSliders();
    const watch = new MutationObserver(nameSliders);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(telling);
      watch.disconnect();
      forget();
      for (const name of ["lang", "dark", "large"]) model.off(`change:${name}`, changed);
    };
  },
};
