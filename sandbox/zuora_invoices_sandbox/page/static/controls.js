// Clock, faults and reset.
import { $, all, make, order } from "./dom.js";

// `changed` is called after each order that was carried out.
export const start = (changed, tell) => {
  const give = async (path, body, words) => {
    try {
      await order(path, body);
      tell(words);
    } catch (error) {
      tell(`Not done: ${error.message}`);
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
    give("/_sandbox/faults", { next: fields.fault.value, times: Number(fields.times.value) },
      `The next ${fields.times.value} that create invoices get ${fields.fault.value}.`));
  submitted("#policy-form", (fields) => {
    const faults = all("#fault-kinds input:checked").map((one) => one.value);
    give("/_sandbox/faults", { rate: Number(fields.rate.value) / 100, seed: Number(fields.seed.value), faults }, "The policy is set.");
  });
  $("#faults-clear").addEventListener("click", () => give("/_sandbox/faults", { clear: true }, "Nothing goes wrong on purpose."));

  submitted("#reset-form", () => {
    if (confirm("Forget all invoices, keys, calls and faults of this sandbox?")) give("/_sandbox/reset", {}, "All is forgotten.");
  });
};

export const show = (state) => {
  const policy = state.faults.policy;
  $("#policy").textContent = policy ? `${Number((Number(policy.rate) * 100).toFixed(2))} % of calls, seed ${policy.seed}` : "none by policy";
  $("#clock").textContent = `${state.clock.now.slice(0, 19).replace("T", " ")} UTC${state.clock.frozen ? ", frozen" : ""}`;
  const select = $("#next-form select");
  if (select.options.length) return;
  for (const name of state.faults.known) {
    select.append(make("option", {}, name));
    $("#fault-kinds").append(make("label", {}, make("input", { type: "checkbox", value: name, checked: true }), ` ${name}`));
  }
};
