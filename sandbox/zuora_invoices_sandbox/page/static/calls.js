// Calls and failures: rows of the lists, and a call with request and answer side by side.
import { code, facts, make, moment, row, said } from "./dom.js";

const TONES = { created: "good", token: "", replayed: "", other: "", partial: "warn", refused: "bad", failed: "bad", dropped: "bad" };

const outcome = (one) => make("span", { class: `chip ${TONES[one.kind] || ""}` }, said(one.outcome));
const status = (one) => (one.status === null ? "none" : String(one.status));
const time = (one) => make("time", { datetime: one.at, title: `${moment(one.at)} UTC` }, one.at.slice(11, 23));
const fault = (one) => (one.fault ? make("span", { class: "chip warn" }, "fault ", said(one.fault)) : "");

export const CALL_HEADS = [
  ["Call", "number"], ["Time", "time"], ["Operation", "operation"], ["Status", "code"], ["Outcome", "outcome"],
  ["Idempotency key", "key-cell"], ["User", "user"], ["ms", "money"],
];

export const callRow = (one) =>
  row({ "data-key": `call/${one.number}` }, [
    [make("a", { href: `#call/${one.number}`, "aria-label": `call ${one.number}` }, String(one.number)), "number"],
    [time(one), "time"],
    [make("span", {}, said(one.method, { class: "soft" }), " ", said(one.target)), "operation"],
    [status(one), "code"],
    [make("span", {}, outcome(one), " ", fault(one)), "outcome"],
    [one.key ? said(one.key) : "", "key-cell", "key"],
    [one.user ? said(one.user) : "", "user"],
    [one.milliseconds, "money ms", "ms"],
  ]);

export const FAILURE_HEADS = [["Call", "number"], ["Time", "time"], ["Operation", "operation"], ["Status", "code"], ["What", "what"], ["Reasons", "reasons"]];

const reasons = (failure) =>
  make("ul", {},
    ...failure.reasons.map((one) => make("li", {}, make("code", {}, one.code === "0" ? "" : one.code), " ", said(one.message))),
    failure.moreReasons ? make("li", { class: "soft" }, `and ${failure.moreReasons} more`) : null,
    failure.reasons.length ? null : make("li", { class: "soft" }, "no reason given"));

const what = (failure) => (failure.index === null ? "whole call" : `invoice ${failure.index} of the batch`);

export const failureRows = (one) => {
  const rows = one.failures.map((failure, place) =>
    row({ "data-key": `call/${one.number}` }, [
      [make("a", { href: `#call/${one.number}`, "aria-label": `call ${one.number}, ${what(failure)}` }, String(one.number)), "number"],
      [place ? "" : time(one), "time"],
      [make("span", {}, said(one.method, { class: "soft" }), " ", said(one.target)), "operation"],
      [status(one), "code"],
      [make("span", {}, what(failure), " ", fault(one)), "what"],
      [reasons(failure), "reasons"],
    ]));
  if (one.moreFailures) rows.push(row({}, [[`and ${one.moreFailures} more of call ${one.number}`, "what"]]));
  return rows;
};

const side = (title, first, message) =>
  make("section", { class: "side", "aria-label": title },
    make("h3", {}, title, " ", make("span", { class: "key" }, message.size ? `${message.size} bytes` : "")),
    make("p", { class: "first" }, make("code", {}, first)),
    make("dl", { class: "headers" },
      ...message.headers.flatMap(([name, value]) => [make("dt", {}, said(name)), make("dd", {}, said(value))])),
    message.body ? code(message.body, `Body of the ${title.toLowerCase()}`) : make("p", { class: "soft" }, "no body"));

export const callDetail = (one) => {
  const created = one.created.map((id) => make("a", { href: `#invoice/${id}` }, make("code", {}, said(id))));
  const lost = one.status === null ? "the connection ended without an answer" : `status ${one.status}`;
  return [
    make("h2", {}, `Call ${one.number} `, outcome(one), " ", fault(one)),
    facts(
      ["time", `${moment(one.at)} UTC`], ["took", `${one.milliseconds} ms`],
      ["user", one.user && said(one.user)], ["idempotency key", one.key && said(one.key)],
      ["track id", one.trackId && said(one.trackId)], ["request id", one.requestId && make("code", {}, said(one.requestId))],
      ["invoices", created.length ? make("span", { class: "links" }, ...created.slice(0, 60)) : ""],
    ),
    one.failures.length
      ? make("div", { class: "failed" }, ...one.failures.map((failure) => make("div", {}, make("b", {}, what(failure)), reasons(failure))))
      : null,
    make("div", { class: "pair" },
      side("Request", said(`${one.method} ${one.target}`), one.request),
      side("Answer", lost, one.answer)),
  ].filter(Boolean);
};
