// The page: what is listed, what is chosen, and news as they come.
import { $, all, bdi, get, make, money, row, table, visible } from "./dom.js";
import { CALL_HEADS, FAILURE_HEADS, callDetail, callRow, failureRows } from "./calls.js";
import { HEADS, invoiceDetail, invoiceRow } from "./invoices.js";
import * as controls from "./controls.js";

const MOST = 600; // rows kept in the page; older ones can be had again
const TABS = {
  invoices: { path: "/_sandbox/invoices", heads: HEADS, rows: (one) => [invoiceRow(one)], place: (one) => one.serial, list: "invoices" },
  calls: { path: "/_sandbox/calls", heads: CALL_HEADS, rows: (one) => [callRow(one)], place: (one) => one.number, list: "calls" },
  failures: { path: "/_sandbox/calls", heads: FAILURE_HEADS, rows: failureRows, place: (one) => one.number, list: "calls", always: { outcome: "failures" } },
};
const list = $("#list"), detail = $("#detail"), search = $("input[type=search]");
let tab = "invoices", state = null, newest = 0, oldest = null, listing = 0, chosen = "";

const notify = (message) => { $("#notice").textContent = message; };

const wanted = () => {
  const found = { search: search.value.trim(), ...TABS[tab].always };
  for (const select of all(".filters select")) if (!select.hidden) found[select.name] = select.value;
  return found;
};
const isFiltered = () => Object.entries(wanted()).some(([name, value]) => value && !(name in (TABS[tab].always || {})));

const example = () => {
  const account = (state.tenant.accounts.find((one) => one.active) || { number: "A00000001" }).number;
  const day = state.clock.now.slice(0, 10);
  const body = `{"accountNumber": ${JSON.stringify(account)}, "invoiceDate": "${day}",\n    "invoiceItems": [{"chargeName": "Setup", "amount": 19.99, "serviceStartDate": "${day}"}]}`;
  return [
    `curl ${state.baseUrl}/oauth/token -d grant_type=client_credentials \\\n  -d client_id=${state.clientId} \\\n  -d client_secret=THE_SECRET`,
    `curl ${state.baseUrl}/v1/invoices -H 'Authorization: Bearer THE_TOKEN' \\\n  -H 'Content-Type: application/json' \\\n  -d '${body.replaceAll("'", "'\\''")}'`,
  ];
};

const empty = () => {
  if (isFiltered()) return make("p", { class: "nothing" }, "Nothing fits the filter and the search.");
  if (tab === "failures") return make("p", { class: "nothing" }, "Nothing was refused so far. Order a fault above, or leave out a field, to see one.");
  return make("div", { class: "nothing" },
    make("p", {}, tab === "calls" ? "No call so far." : "No invoice so far.", " Get a token, then create one. The client secret stands where the sandbox was started."),
    ...example().map((text) => make("pre", { tabindex: "0", "aria-label": "Example" }, visible(text))));
};

const mark = () => {
  for (const one of all("[aria-current]", list)) one.removeAttribute("aria-current");
  for (const one of all("tbody tr", list)) if (one.dataset.key === chosen) one.setAttribute("aria-current", "true");
};

const rowsOf = (found) => found.flatMap((one) => TABS[tab].rows(one));
const seen = (found) => {
  const places = found.map(TABS[tab].place);
  newest = Math.max(newest, ...places);
  oldest = Math.min(oldest ?? Infinity, ...places);
};

const older = () => {
  const button = make("button", { type: "button", class: "older" }, "Older");
  button.addEventListener("click", async () => {
    const mine = listing;
    const answer = await get(TABS[tab].path, { ...wanted(), before: oldest });
    if (mine !== listing) return;
    const found = answer[TABS[tab].list];
    seen(found);
    $("tbody", list).append(...rowsOf(found));
    if (!answer.more) button.remove();
    mark();
  });
  return button;
};

// The list from its beginning. An answer that comes after a newer question is thrown away.
const relist = async () => {
  const mine = ++listing;
  for (const select of all(".filters select")) select.hidden = !select.dataset.for.split(" ").includes(tab);
  for (const button of all("[data-tab]")) button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
  let answer;
  try {
    answer = await get(TABS[tab].path, wanted());
  } catch (error) {
    if (mine === listing) list.replaceChildren(make("p", { class: "nothing" }, `The list cannot be had: ${error.message}`));
    return;
  }
  if (mine !== listing) return;
  const found = answer[TABS[tab].list];
  [newest, oldest] = [0, null];
  seen(found);
  list.replaceChildren(...(found.length
    ? [table(tab, TABS[tab].heads, rowsOf(found), { class: tab }), ...(answer.more ? [older()] : [])]
    : [empty()]));
  mark();
};

// What came since, put above what is there.
const extend = async () => {
  const body = $("tbody", list);
  if (!body) return relist();
  const mine = listing;
  const answer = await get(TABS[tab].path, { ...wanted(), after: newest });
  if (mine !== listing) return;
  const found = answer[TABS[tab].list].filter((one) => TABS[tab].place(one) > newest);
  if (answer.more && found.length === answer[TABS[tab].list].length) return relist(); // more came than is told at once
  seen(found);
  const rows = rowsOf(found);
  for (const one of rows) one.classList.add("new");
  body.prepend(...rows);
  if (body.rows.length > MOST) {
    while (body.rows.length > MOST / 2) body.lastElementChild.remove();
    const key = body.lastElementChild.dataset.key;
    return key && tab !== "invoices" ? void (oldest = Number(key.split("/")[1]), $(".older", list) || list.append(older())) : relist();
  }
  mark();
};

// One row, however many currencies there are: what does not fit in it stands in the table.
const totals = (sums) => {
  const amount = (one) => make("span", { class: "total" }, money(one.amount), " ", bdi(one.currency));
  const invoices = (one) => `${money(String(one.count))} ${one.count === 1 ? "invoice" : "invoices"}`;
  const [first] = sums;
  $("#total").hidden = sums.length > 1;
  $("#totals").hidden = sums.length < 2;
  $("#total").replaceChildren(...(first
    ? [amount(first), " ", make("span", { class: "key" }, `in ${invoices(first)}, tax ${money(first.taxAmount)}, balance ${money(first.balance)}`)]
    : ["No invoices yet"]));
  $("#amounts").replaceChildren(...sums.map(amount));
  $("#currencies").textContent = `${sums.length} currencies`;
  $("#sums").replaceChildren(table("Totals", [["Currency", "name"], ["Invoices", "money"], ["Amount", "money"], ["Tax", "money"], ["Balance", "money"]],
    sums.map((one) => row({}, [[bdi(one.currency), "name"], [money(String(one.count)), "money", "invoices"], [money(one.amount), "money", "amount"],
      [money(one.taxAmount), "money", "tax"], [money(one.balance), "money", "balance"]])), { class: "lines" }));
};

const summarize = async () => {
  state = await get("/_sandbox/state");
  const name = visible(state.tenant.name);
  document.title = $("#tenant").textContent = /sandbox/i.test(name) ? name : `${name} sandbox`;
  $("#base").textContent = state.baseUrl;
  $("#client").textContent = state.clientId;
  $("#count-invoices").textContent = money(String(state.invoices));
  $("#count-calls").textContent = money(String(state.calls));
  $("#count-failures").textContent = money(String(state.failures));
  totals(state.totals);
  controls.show(state);
};

const DETAILS = { invoice: ["/_sandbox/invoices/", invoiceDetail], call: ["/_sandbox/calls/", callDetail] };

const follow = async (go = true) => {
  chosen = decodeURIComponent(location.hash.slice(1));
  const mine = chosen, [kind, id] = chosen.split("/");
  mark();
  if (!(kind in DETAILS) || !id) {
    detail.hidden = true;
    return;
  }
  const [path, render] = DETAILS[kind];
  let content;
  try {
    content = render(await get(path + encodeURIComponent(id)));
  } catch (error) {
    content = [make("h2", {}, bdi(chosen)), make("p", { class: "nothing" }, visible(error.message))];
  }
  if (mine !== chosen) return;
  const back = make("a", { href: "#", class: "back" }, "Close");
  detail.replaceChildren(back, ...content);
  detail.hidden = false;
  if (go) {
    detail.scrollTop = 0;
    detail.focus({ preventScroll: true });
    if (detail.getBoundingClientRect().top > innerHeight * 0.6) detail.scrollIntoView({ block: "start" });
    const current = $("[aria-current]", list);
    if (current) current.scrollIntoView({ block: "nearest" });
  }
};

// News are fetched one after the other, and at most a few times a second however many there are.
let isBusy = false, isDue = false, isCleared = false;
const refresh = async (cleared = false) => {
  isCleared ||= cleared;
  isDue = true;
  if (isBusy) return;
  isBusy = true;
  while (isDue) {
    isDue = false;
    const anew = isCleared;
    isCleared = false;
    try {
      await summarize();
      await (anew ? relist() : extend());
    } catch (error) {
      notify(`The sandbox does not answer: ${error.message}`);
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  isBusy = false;
};

// `cleared` and `last` are of the state that is shown; without them the lists are had anew.
const listen = (cleared = null, last = null) => {
  const live = $("#live"), source = new EventSource("/_sandbox/events");
  const is = (state) => { live.textContent = state; live.dataset.is = state; };
  is("connecting");
  source.onopen = () => is("live");
  source.onerror = () => {
    is("reconnecting");
    cleared = null;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    const anew = cleared === null || news.cleared !== cleared;
    if (anew || news.last !== last) refresh(anew);
    [cleared, last] = [news.cleared, news.last];
  };
};

for (const button of all("[data-tab]")) {
  button.addEventListener("click", () => {
    tab = button.dataset.tab;
    relist();
  });
}
let typing;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(relist, 150);
});
$(".filters").addEventListener("change", relist);
$(".filters").addEventListener("submit", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const clicked = event.target.closest("tbody tr");
  if (clicked && clicked.dataset.key && !event.target.closest("a") && !String(getSelection())) location.hash = clicked.dataset.key;
});
addEventListener("hashchange", () => follow());
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && !detail.hidden && !isTyping) {
    const link = $("[aria-current] a", list);
    location.hash = "";
    if (link) link.focus();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("#list tbody")) {
    const row = event.target.closest("tr"), next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    const link = next && $("a", next);
    if (link) {
      event.preventDefault();
      link.focus();
    }
  }
});

controls.start(summarize, notify);
setInterval(() => { if (state && !state.clock.frozen && !document.hidden && !isBusy) summarize().catch(() => {}); }, 15000);
if (location.hash.startsWith("#call/")) tab = "calls";
try {
  await summarize();
  await relist();
  await follow();
} catch (error) {
  notify(`The sandbox does not answer: ${error.message}`);
}
listen(state?.cleared, state?.lastCall);
