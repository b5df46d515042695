// Invoices: rows of the list, and all of the chosen one.
import { bdi, code, facts, make, moment, money, row, table } from "./dom.js";

export const HEADS = [
  ["Number", "number"], ["Account", "account"], ["Date", "date"], ["Due", "date"], ["Status", "status"],
  ["Amount", "money"], ["Tax", "money"], ["Balance", "money"], ["", "currency"],
];

export const invoiceRow = (one) =>
  row({ "data-key": `invoice/${one.id}` }, [
    [make("a", { href: `#invoice/${one.id}` }, bdi(one.number)), "number"],
    [make("span", {}, bdi(one.accountNumber), " ", bdi(one.accountName, { class: "soft" })), "account"],
    [one.invoiceDate, "date"],
    [one.dueDate, "date", "due"],
    [make("span", { class: `chip ${one.status === "Posted" ? "good" : ""}` }, bdi(one.status)), "status"],
    [money(one.amount), "money amount"],
    [money(one.taxAmount), "money tax", "tax"],
    [money(one.balance), "money balance", "balance"],
    [bdi(one.currency), "currency invoice-currency"],
  ]);

const rate = (tax) => (tax.taxRate ? ` ${tax.taxRate}` : "");

const lines = (one) => {
  const rows = [];
  for (const line of one.lines) {
    const discount = line.kind === "discount";
    rows.push(row({ class: discount ? "discount" : "" }, [
      [make("span", {}, discount ? make("span", { class: "chip" }, "discount") : null, discount ? " " : null, bdi(line.name)), "name"],
      [line.quantity, "money", "quantity"],
      [money(line.amountWithoutTax), "money", "without tax"],
      [money(line.taxAmount), "money", "tax"],
      [money(line.amount), "money", "amount"],
    ]));
    for (const tax of line.taxes) {
      rows.push(row({ class: "taxed" }, [
        [make("span", {}, make("span", { class: "chip" }, "tax"), " ", bdi(tax.name), " ", bdi(tax.taxCode, { class: "soft" }), bdi(rate(tax), { class: "soft" })), "name"],
        ["", "money none"], ["", "money none"], [tax.taxAmount ? bdi(money(tax.taxAmount)) : "", "money", "tax"], ["", "money none"],
      ]));
    }
  }
  const heads = [["Item", "name"], ["Quantity", "money"], ["Without tax", "money"], ["Tax", "money"], ["Amount", "money"]];
  const shown = rows.slice(0, 200);
  const content = table("Items", heads, shown, { class: "lines" });
  if (rows.length <= shown.length) return content;
  const more = make("button", { type: "button" }, `Show ${rows.length - shown.length} more lines`);
  more.addEventListener("click", () => {
    content.querySelector("tbody").append(...rows.slice(200));
    more.remove();
  });
  return make("div", {}, content, more);
};

export const invoiceDetail = (one) => {
  const calls = one.calls.slice(0, 20).map((number) => make("a", { href: `#call/${number}` }, `call ${number}`));
  return [
    make("h2", {}, "Invoice ", bdi(one.number), " ", make("span", { class: `chip ${one.status === "Posted" ? "good" : ""}` }, bdi(one.status))),
    make("div", { class: "sums" },
      ...[["amount", one.amount], ["without tax", one.amountWithoutTax], ["tax", one.taxAmount], ["tax-exempt", one.taxExemptAmount], ["discount", one.discount], ["balance", one.balance]]
        .map(([name, value]) => make("div", { class: "sum" }, make("span", { class: "key" }, name), " ", make("b", {}, money(value)), " ", make("span", { class: "key" }, bdi(one.currency))))),
    facts(
      ["account", make("span", {}, bdi(one.accountNumber), " ", bdi(one.accountName))],
      ["date", one.invoiceDate], ["due", one.dueDate],
      ["created", `${moment(one.createdAt)} UTC`], ["by", bdi(one.createdBy)],
      ["id", make("code", {}, bdi(one.id))],
      ["comments", one.comments && bdi(one.comments)],
      ["calls", calls.length ? make("span", { class: "links" }, ...calls) : ""],
    ),
    make("h3", {}, `${one.items} ${one.items === 1 ? "line" : "lines"}`),
    lines(one),
    make("details", {}, make("summary", {}, "Answer as JSON"), code(one.document, "Answer as JSON")),
  ];
};
