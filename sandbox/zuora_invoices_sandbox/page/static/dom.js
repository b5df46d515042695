// Elements, made without any HTML: what comes from calls is text and stays text.

export const $ = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// make("td", {class: "money"}, "1.00", otherElement)
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

// Text of others: its direction does not reach beyond it, and what hides or turns letters is shown.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
export const visible = (text) =>
  String(text).replace(UNSEEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
export const bdi = (text, attributes = {}) => make("bdi", attributes, visible(text));

// "1234.50" -> "1,234.50"; digits stay as they are.
export const money = (amount) => {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(amount) || [null, "", amount, ""];
  return sign.replace("-", "\u2212") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
};

export const moment = (text) => text.replace("T", " ").replace(/(\.\d+)?Z$/, "");

export const fact = (name, value) =>
  value === "" || value === null || value === undefined
    ? null
    : make("div", { class: "fact" }, make("dt", {}, name), make("dd", {}, value));

export const facts = (...pairs) => make("dl", { class: "facts" }, ...pairs.map(([name, value]) => fact(name, value)));

// A table whose rows stay rows for screen readers, whatever their layout is.
export const table = (caption, heads, rows, attributes = {}) =>
  make(
    "table",
    { role: "table", ...attributes },
    make("caption", { class: "vh" }, caption),
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads.map(([name, kind]) => make("th", { role: "columnheader", scope: "col", class: kind }, name)))),
    make("tbody", { role: "rowgroup" }, ...rows),
  );

const LONG = 24; // characters of an amount that may take several lines
const cell = ([value, kind, label]) =>
  make("td", { role: "cell", class: value.length > LONG ? `${kind} long` : kind, "data-label": label }, value);
export const row = (attributes, cells) => make("tr", { role: "row", ...attributes }, ...cells.map(cell));

// JSON as text that is set in lines already: names, strings and the rest, told apart by colour.
export const code = (text, label) => {
  const block = make("pre", { tabindex: "0", "aria-label": label });
  const json = /^\s*[{[]/.test(text) && text.length < 200000;
  if (!json) {
    block.textContent = visible(text);
    return block;
  }
  const token = /"(?:[^"\\]|\\.)*"(?=\s*:)|"(?:[^"\\]|\\.)*"/g;
  let at = 0;
  for (const match of text.matchAll(token)) {
    block.append(visible(text.slice(at, match.index)));
    at = match.index + match[0].length;
    const isName = /^\s*:/.test(text.slice(at, at + 20));
    block.append(make("span", { class: isName ? "name" : "string" }, visible(match[0])));
  }
  block.append(visible(text.slice(at)));
  return block;
};

export const get = async (path, parameters = {}) => {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  const answer = await fetch(query.size ? `${path}?${query}` : path, { cache: "no-store" });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || `status ${answer.status}`);
  return body;
};

export const post = async (path, body) => {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error || `status ${answer.status}`);
};
