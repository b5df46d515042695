// Clock, faults and reset.
import { $, all, make, post } from "./dom.js";

const FAULTS = "/_sandbox/faults";
const checked = () => all("#fault-kinds input:checked").map((one) => one.value);
const nextOrder = (fields) => ({ next: fields.fault.value, times: Number(fields.times.value) });
// All kinds are meant where none is named.
const policyOrder = (fields) => {
  const faults = checked();
  const order = { rate: Number((Number(fields.rate.value) / 100).toFixed(6)), seed: Number(fields.seed.value) };
  return faults.length === all("#fault-kinds input").length ? order : { ...order, faults };
};

// What the forms would do, as a program would say it.
let effects = {};
const describe = () => {
  const next = $("#next-form").elements, policy = $("#policy-form").elements;
  $("#effect").textContent = effects[next.fault.value] || "";
  $("#next-request").textContent = `POST ${FAULTS} ${JSON.stringify(nextOrder(next))}`;
  const { rate, seed, faults } = policyOrder(policy);
  $("#policy-request").textContent = `POST ${FAULTS} ${JSON.stringify({ rate, seed, faults })}`;
  $("#policy-options").textContent = `--faults ${rate} --seed ${seed}${faults ? ` --fault-kinds ${faults.join(",")}` : ""}`;
};

// `changed` is called after each order that was carried out.
export const start = (changed, notify) => {
  const give = async (path, body, message) => {
    try {
      await post(path, body);
      notify(message);
    } catch (error) {
      notify(`Not done: ${error.message}`);
    }
    await changed();
  };
  const submitted = (id, work) =>
    $(id).addEventListener("submit", (event) => {
      event.preventDefault();
      work(event.target.elements);
    });

  const clock = { freeze: [{ freeze: true }, "The clock stands still."], run: [{ run: true }, "The clock runs."],
    hour: [{ move: 3600 }, "An hour later."], day: [{ move: 86400 }, "A day later."] };
  for (const button of all("[data-clock]")) {
    button.addEventListener("click", () => give("/_sandbox/clock", ...clock[button.dataset.clock]));
  }
  submitted("#clock-form", (fields) => give("/_sandbox/clock", { freeze: fields.moment.value.trim() }, "The clock stands still there."));

  submitted("#next-form", (fields) =>
    give(FAULTS, nextOrder(fields), `The next ${fields.times.value} that create invoices get ${fields.fault.value}.`));
  submitted("#policy-form", (fields) => give(FAULTS, policyOrder(fields), "The policy is set."));
  for (const form of all("#next-form, #policy-form")) form.addEventListener("input", describe);
  for (const button of all("[data-kinds]")) {
    button.addEventListener("click", () => {
      for (const box of all("#fault-kinds input")) box.checked = button.dataset.kinds === "all";
      describe();
    });
  }
  $("#faults-clear").addEventListener("click", () => give(FAULTS, { clear: true }, "Nothing goes wrong on purpose."));

  submitted("#reset-form", () => {
    if (confirm("Forget all invoices, keys, calls and faults of this sandbox?")) give("/_sandbox/reset", {}, "All is forgotten.");
  });
};

const summary = ({ policy, known, ordered }) => {
  const parts = [];
  if (policy) {
    const kinds = policy.faults.length < known.length ? ` (${policy.faults.join(", ")})` : "";
    parts.push(`${Number((Number(policy.rate) * 100).toFixed(2))} % of calls${kinds}`, `seed ${policy.seed}`);
  }
  if (ordered) parts.push(`the next ${ordered}`);
  return parts.join(", ") || "none";
};

export const show = (state) => {
  $("#policy").textContent = summary(state.faults);
  $("#clock").textContent = `${state.clock.now.slice(0, 19).replace("T", " ")} UTC${state.clock.frozen ? ", frozen" : ""}`;
  const select = $("#next-form select");
  if (select.options.length) return;
  effects = state.faults.effects;
  for (const name of state.faults.known) {
    select.append(make("option", {}, name));
    $("#fault-kinds").append(make("label", {}, make("input", { type: "checkbox", value: name, checked: true }), make("span", {}, name), make("span", { class: "soft" }, effects[name])));
  }
  describe();
};
