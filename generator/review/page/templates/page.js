// Filters, search, and going from change to change. Everything it shows is in the page already.
"use strict";
{
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all(".change");
  const status = document.querySelector(".status");
  const search = document.querySelector("input[type=search]");
  const filters = all("button[aria-pressed]");
  const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase().replace(/\s+/g, " ")]));
  let current = null;

  const visible = () => items.filter((item) => !item.hidden);

  const tell = () => {
    const shown = visible();
    const parts = [];
    if (shown.length < items.length) parts.push(`${shown.length} of ${items.length} changes`);
    if (current) parts.push(`change ${shown.indexOf(current) + 1} of ${shown.length}`);
    status.textContent = parts.join(", ");
  };

  const filter = () => {
    const pressed = (kind) => filters.filter((one) => one.dataset[kind] && one.getAttribute("aria-pressed") === "true");
    const wanted = (kind) => pressed(kind).map((one) => one.dataset[kind]);
    const groups = wanted("group"), sides = wanted("side"), words = search.value.toLowerCase().split(/\s+/);
    for (const item of items) {
      item.hidden = (groups.length > 0 && !groups.includes(item.dataset.group))
        || (sides.length > 0 && !sides.includes(item.dataset.side))
        || !words.every((word) => texts.get(item).includes(word));
    }
    const shown = new Set(visible().map((item) => item.dataset.number));
    for (const badge of all(".badge")) badge.classList.toggle("off", !shown.has(badge.dataset.change));
    if (current && current.hidden) choose(null);
    tell();
  };

  const reveal = (element) => {
    for (let up = element.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  };

  // Marks a change in the list and at all its places, and goes to one of them.
  const choose = (item, place) => {
    for (const one of all(".current")) one.classList.remove("current");
    if (current) {
      current.removeAttribute("aria-current");
      const more = current.querySelector(".more");
      if (more && more.dataset.opened) more.open = false;
    }
    current = item;
    if (item) {
      item.setAttribute("aria-current", "true");
      const more = item.querySelector(".more");
      if (more && !more.open) {
        more.open = true;
        more.dataset.opened = "yes";
      }
      const marks = all(`.badge[data-change="${item.dataset.number}"]`);
      for (const mark of marks) mark.closest("[data-pointer]").classList.add("current");
      item.scrollIntoView({ block: "nearest" });
      const target = place || marks[0];
      if (target && place !== null) {
        reveal(target);
        target.scrollIntoView({ block: "center" });
      }
      history.replaceState(null, "", `#${item.id}`);
    }
    tell();
  };

  const step = (by) => {
    const shown = visible();
    if (shown.length === 0) return;
    const at = shown.indexOf(current);
    choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
  };

  const follow = () => {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found) return;
    if (found.matches(".change")) {
      if (found.hidden) clear();
      choose(found);
    } else {
      reveal(found);
      found.scrollIntoView({ block: "center" });
    }
  };

  const clear = () => {
    search.value = "";
    for (const one of filters) one.setAttribute("aria-pressed", "false");
    filter();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const button = event.target.closest("button");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link && link.matches(".go")) {
      event.preventDefault();
      choose(link.closest(".change"));
    } else if (link && link.matches(".badge")) {
      event.preventDefault();
      const item = document.getElementById(link.hash.slice(1));
      if (item.hidden) clear();
      choose(item, null);
    } else if (link && link.matches(".shown a")) {
      event.preventDefault();
      choose(link.closest(".change"), document.getElementById(link.hash.slice(1)));
    } else if (button && button.dataset.step) {
      step(Number(button.dataset.step));
    } else if (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "Escape") {
        search.value = "";
        filter();
        search.blur();
      }
      return;
    }
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    }
  });

  search.addEventListener("input", filter);
  window.addEventListener("hashchange", follow);
  document.querySelector(".tools").hidden = false;
  tell();
  follow();
}
