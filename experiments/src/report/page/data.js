"use strict";

// An array over epochs with a single number means that number at every epoch.
const at = (values, epoch) => values.length === 1 ? values[0] : values[epoch];

// A run's data blocks: see report_data.hpp.
class Run {
  constructor(number) {
    this.number = number;
    Object.assign(this, Run.block("run", number));
    this.numbers = this.replicas;
  }

  static block(kind, number) { return JSON.parse(document.getElementById(`${kind}-${number}`).textContent); }

  // For every replica; parsed on first use.
  get singles() { return this.read ??= Run.block("replicas", this.number); }

  position(epoch) { return epoch > 0 ? epoch : this.zero; }

  estimator(name) { return this.information.find((one) => one.estimator === name); }

  // The estimators that bound this one from below and above; undefined if there are none.
  bounds(name) {
    const stem = name.slice(0, Math.max(name.lastIndexOf("."), 0)) || name;
    const [lower, upper] = [this.estimator(`${stem}.lower`), this.estimator(`${stem}.upper`)];
    return lower && upper && { lower, upper };
  }
}

const isInformation = (name) => name === "i_xt" || name === "i_ty";

// A quantity of one estimator under the current choices: value(layer, epoch), low and high, by index.
function quantity(run, choice, name) {
  const estimator = run.estimator(choice.estimator);
  const of = (holder) => isInformation(name) ? holder[name] : holder.details[name];
  if (choice.show === "replica") {
    const values = of(run.singles.information[run.information.indexOf(estimator)]);
    const value = (l, e) => at(values[l][choice.replica], e);
    return { value, low: value, high: value };
  }
  return spread(run, choice, of(estimator), name);
}

function spread(run, choice, own, name) {
  const value = (l, e) => at(own.mean[l], e);
  const bounds = choice.show === "bounds" && isInformation(name) && run.bounds(choice.estimator);
  if (bounds) {
    return { value, low: (l, e) => at(bounds.lower[name].mean[l], e), high: (l, e) => at(bounds.upper[name].mean[l], e) };
  }
  if (choice.show === "quantiles") return { value, low: (l, e) => at(own.low[l], e), high: (l, e) => at(own.high[l], e) };
  if (choice.show !== "deviation") return { value, low: value, high: value };
  return { value, low: (l, e) => value(l, e) - at(own.deviation[l], e), high: (l, e) => value(l, e) + at(own.deviation[l], e) };
}

// The selected layers that the estimator has, as [index, name].
function chosenLayers(run, choice) {
  return [...run.estimator(choice.estimator).layers.entries()].filter(([, name]) => choice.layers.has(name));
}

const known = (...values) => values.every((value) => value !== null && value !== undefined);

function planeRows(run, choice) {
  const estimator = run.estimator(choice.estimator);
  const x = quantity(run, choice, "i_xt"), y = quantity(run, choice, "i_ty"), rows = [];
  for (const [l, layer] of chosenLayers(run, choice)) {
    let before = null;
    estimator.epochs.forEach((epoch, e) => {
      const here = [x.value(l, e), y.value(l, e)];
      if (!known(...here)) return;
      rows.push({ layer, order: l, epoch, position: run.position(epoch), x: here[0], y: here[1], x_from: (before ?? here)[0],
        y_from: (before ?? here)[1], x_low: x.low(l, e), x_high: x.high(l, e), y_low: y.low(l, e), y_high: y.high(l, e),
        info: { layer, epoch, "I(X;T) in bits": here[0].toFixed(4), "I(T;Y) in bits": here[1].toFixed(4) } });
      before = here;
    });
  }
  return rows;
}

function curveRows(run, epochs, series, quantity) {
  const rows = [];
  for (const [s, name] of series) {
    epochs.forEach((epoch, e) => {
      const value = quantity.value(s, e);
      if (known(value)) rows.push({ series: name, position: run.position(epoch), value, low: quantity.low(s, e), high: quantity.high(s, e) });
    });
  }
  return rows;
}

function learningQuantity(run, choice, name) {
  if (choice.show !== "replica") return spread(run, choice, run.learning[name], name);
  const value = (s, e) => at(run.singles.learning[name][s][choice.replica], e);
  return { value, low: value, high: value };
}

// Layers grouped by cap, if caps are drawn: {cap: [E] or [1], layers}.
function capGroups(run, choice, name) {
  const caps = run.estimator(choice.estimator)[name].cap, groups = new Map();
  for (const [l, layer] of chosenLayers(run, choice)) {
    const key = caps[l].map((cap) => (cap ?? 0).toFixed(2)).join();
    if (!groups.has(key)) groups.set(key, { cap: caps[l], layers: [] });
    groups.get(key).layers.push(layer);
  }
  return [...groups.values()].filter((group) => Math.max(...group.cap) > 0);
}
