
const digits = (value) => known(value) ? value.toFixed(3) : "-";

const current = { run: null, choice: null, epoch: 0 };

function row(tag, cells) {
  return element("tr", {}, ...cells.map((cell) => cell instanceof Node ? cell : element(tag, { class: "number" }, cell)));
}

// The share of the cap: a bar, and a note at the cap, which is a warning for I(X;T) only.
function shareCell(name, text, value, cap) {
  const share = known(value) && cap > 0 ? Math.min(Math.max(value / cap, 0), 1) : 0, bar = element("span");
  bar.style.width = `${(100 * share).toFixed(1)}%`;
  const words = share >= 0.995 ? "at its cap" : `${(100 * share).toFixed(0)} % of ${digits(cap)}`;
  const cell = element("td", share >= 0.995 && name === "i_xt" ? { class: "full" } : {}, text, element("span", { class: "share" }, bar));
  if (cap > 0) cell.append(element("small", {}, words));
  return cell;
}

// "5.310", "5.310 (5.100 to 5.520)", "5.310 ± 0.210".
function bandText(show, value, low, high) {
  if (!known(value, low, high) || low === high) return digits(value);
  return show === "deviation" ? `${digits(value)} ± ${digits(high - value)}` : `${digits(value)} (${digits(low)} to ${digits(high)})`;
}

// The numbers at the selected epoch for the layers in the plane.
function fillReadout(run, choice, e) {
  const estimator = run.estimator(choice.estimator), table = document.getElementById("readout");
  const quantities = ["i_xt", "i_ty"].map((name) => [name, quantity(run, choice, name)]);
  const head = element("thead", {}, row("th", ["layer", "I(X;T) in bits", "I(T;Y) in bits"].map((text) => element("th", { scope: "col" }, text))));
  const body = element("tbody");
  for (const [l, layer] of chosenLayers(run, choice)) {
    const cells = quantities.map(([name, own]) => shareCell(name,
      bandText(choice.show, own.value(l, e), own.low(l, e), own.high(l, e)), own.value(l, e), at(estimator[name].cap[l], e) ?? 0));
    body.append(element("tr", {}, element("th", { scope: "row" }, layer), ...cells));
  }
  table.replaceChildren(element("caption", {}, `Epoch ${estimator.epochs[e]}`), head, body);
}

const columns = ["epoch", "layer", "i_xt_bits", "i_xt_low_bits", "i_xt_high_bits", "i_xt_cap_bits",
  "i_ty_bits", "i_ty_low_bits", "i_ty_high_bits", "i_ty_cap_bits"];

// All numbers of the plane and the curves, one row per epoch and layer.
function numbers(run, choice) {
  const estimator = run.estimator(choice.estimator);
  const x = quantity(run, choice, "i_xt"), y = quantity(run, choice, "i_ty"), rows = [];
  estimator.epochs.forEach((epoch, e) => {
    for (const [l, layer] of chosenLayers(run, choice)) {
      const of = (own, name) => [own.value(l, e), own.low(l, e), own.high(l, e), at(estimator[name].cap[l], e)];
      rows.push([epoch, layer, ...of(x, "i_xt"), ...of(y, "i_ty")]);
    }
  });
  return rows;
}

function fillNumbers(run, choice) {
  const shown = /quantiles|deviation|bounds/.test(choice.show) ? columns : columns.filter((name) => !/low|high/.test(name));
  const head = element("thead", {}, row("th", shown.map((name) => element("th", { scope: "col" }, name))));
  const body = element("tbody");
  for (const values of numbers(run, choice)) {
    body.append(row("td", shown.map((name) => {
      const value = values[columns.indexOf(name)];
      return typeof value === "string" ? element("td", {}, value) : name === "epoch" ? String(value) : digits(value);
    })));
  }
  document.getElementById("numbers-table").replaceChildren(head, body);
}

// Text that a spreadsheet would read as a formula gets an apostrophe; quoting as in RFC 4180.
function csvField(value) {
  if (typeof value !== "string") return String(value ?? "");
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function saveCsv() {
  const { run, choice } = current;
  const lines = [["estimator", "shown", ...columns], ...numbers(run, choice).map((values) => [choice.estimator, shownName(run, choice), ...values])];
  save(new Blob([lines.map((line) => line.map(csvField).join(",") + "\n").join("")], { type: "text/csv" }), `${fileName(run.run, choice.estimator)}.csv`);
}
