// Calls and failures: rows of the lists, and a call with request and answer side by side.
import { bdi, code, facts, make, moment, row, table } from "./dom.js";

const TONES = { created: "good", token: "", replayed: "", other: "", partial: "warn", refused: "bad", failed: "bad", dropped: "bad" };

const outcome = (one) => make("span", { class: `chip ${TONES[one.kind] || ""}` }, bdi(one.outcome));
const status = (one) => (one.status === null ? "none" : String(one.status));
const time = (one) => make("time", { datetime: one.at, title: `${moment(one.at)} UTC` }, one.at.slice(11, 23));
const fault = (one) => (one.fault ? make("span", { class: "chip warn" }, "fault ", bdi(one.fault)) : "");

export const CALL_HEADS = [
  ["Call", "number"], ["Time", "time"], ["Operation", "operation"], ["Status", "code"], ["Outcome", "outcome"],
  ["Idempotency key", "key-cell"], ["User", "user"], ["ms", "money"],
];

export const callRow = (one) =>
  row({ "data-key": `call/${one.number}` }, [
    [make("a", { href: `#call/${one.number}`, "aria-label": `call ${one.number}` }, String(one.number)), "number"],
    [time(one), "time"],
    [make("span", {}, bdi(one.method, { class: "soft" }), " ", bdi(one.target)), "operation"],
    [status(one), "code"],
    [make("span", {}, outcome(one), " ", fault(one)), "outcome"],
    [one.key ? bdi(one.key) : "", "key-cell", "key"],
    [one.user ? bdi(one.user) : "", "user"],
    [one.milliseconds, "money ms", "ms"],
  ]);

export const FAILURE_HEADS = [["Call", "number"], ["Time", "time"], ["Operation", "operation"], ["Status", "code"], ["Position", "position"], ["Reasons", "reasons"]];

const reasons = (failure) =>
  make("ul", {},
    ...failure.reasons.map((one) => make("li", {}, make("code", {}, one.code === "0" ? "" : one.code), " ", bdi(one.message))),
    failure.moreReasons ? make("li", { class: "soft" }, `and ${failure.moreReasons} more`) : null,
    failure.reasons.length ? null : make("li", { class: "soft" }, "no reason given"));

// People count from 1, the path on the wire from 0.
const position = (one) =>
  one.index === null
    ? "whole call"
    : make("span", {}, String(one.index + 1), " ", make("code", { class: "soft" }, `invoices[${one.index}]`));

export const failureRows = (one) => {
  const rows = one.failures.map((failure, place) =>
    row({ "data-key": `call/${one.number}` }, [
      [make("a", { href: `#call/${one.number}`, "aria-label": `call ${one.number}, ${failure.index === null ? "whole call" : `invoice ${failure.index + 1}`}` }, String(one.number)), "number"],
      [place ? "" : time(one), "time"],
      [make("span", {}, bdi(one.method, { class: "soft" }), " ", bdi(one.target)), "operation"],
      [status(one), "code"],
      [make("span", {}, position(failure), " ", fault(one)), "position", failure.index === null ? null : "position"],
      [reasons(failure), "reasons"],
    ]));
  if (one.moreFailures) rows.push(row({}, [[`and ${one.moreFailures} more of call ${one.number}`, "position"]]));
  return rows;
};

const side = (title, first, message) =>
  make("section", { class: "side", "aria-label": title },
    make("h3", {}, title, " ", make("span", { class: "key" }, message.size ? `${message.size} bytes` : "")),
    make("p", { class: "first" }, make("code", {}, first)),
    make("dl", { class: "headers" },
      ...message.headers.flatMap(([name, value]) => [make("dt", {}, bdi(name)), make("dd", {}, bdi(value))])),
    message.body ? code(message.body, `Body of the ${title.toLowerCase()}`) : make("p", { class: "soft" }, "no body"));

const link = (made) => make("a", { href: `#invoice/${made.id}` }, bdi(made.number || made.id));

// What became of each invoice of a batch, in the order of the request.
const results = (one) => {
  const made = one.invoices.map((invoice) => [invoice, [link(invoice), "number"], [make("code", { class: "soft" }, bdi(invoice.id)), "id"]]);
  const failed = one.failures.map((failure) => [failure, [make("span", { class: "chip bad" }, "failed"), "number"], [reasons(failure), "reasons"]]);
  const rows = [...made, ...failed]
    .filter(([result]) => result.index !== null)
    .sort(([left], [right]) => left.index - right.index)
    .map(([result, ...cells]) => row({}, [[position(result), "position"], ...cells]));
  if (one.moreFailures) rows.push(row({}, [["", "position"], [`and ${one.moreFailures} more failed`, "number"], ["", "reasons"]]));
  const heads = [["Position", "position"], ["Invoice", "number"], ["Id, or reasons", "id"]];
  return rows.length ? make("div", { class: "results", tabindex: "0", role: "region", "aria-label": "Results" }, table("Results", heads, rows)) : null;
};

export const callDetail = (one) => {
  const single = one.invoices.find((invoice) => invoice.index === null);
  const whole = one.failures.filter((failure) => failure.index === null);
  const lost = one.status === null ? "the connection ended without an answer" : `status ${one.status}`;
  return [
    make("h2", {}, `Call ${one.number} `, outcome(one), " ", fault(one)),
    facts(
      ["time", `${moment(one.at)} UTC`], ["took", `${one.milliseconds} ms`],
      ["user", one.user && bdi(one.user)], ["idempotency key", one.key && bdi(one.key)],
      ["track id", one.trackId && bdi(one.trackId)], ["request id", one.requestId && make("code", {}, bdi(one.requestId))],
      ["invoice", single && link(single)], ["invoice id", single && make("code", {}, bdi(single.id))],
    ),
    whole.length ? make("div", { class: "failed" }, ...whole.map(reasons)) : null,
    results(one),
    make("div", { class: "pair" },
      side("Request", bdi(`${one.method} ${one.target}`), one.request),
      side("Answer", lost, one.answer)),
  ].filter(Boolean);
};
