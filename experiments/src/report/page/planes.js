
const tally = (numbers) => numbers.filter((value) => Number.isFinite(value));

// From 0 (or below) to beyond the cap, or tight around the values.
function axisRange(rows, keys, cap, zoom) {
  let low = Infinity, high = -Infinity;
  for (const row of rows) {
    for (const key of keys) {
      if (!known(row[key])) continue;
      low = Math.min(low, row[key]);
      high = Math.max(high, row[key]);
    }
  }
  if (low > high) [low, high] = [0, cap || 1];
  if (!zoom) [low, high] = [Math.min(low, 0), Math.max(high, cap)];
  const margin = Math.max(0.05 * (high - low), 1e-3);
  return [low < 0 || zoom ? low - margin : 0, high + margin];
}

// "L6", "L1, L2", and "L1 to L5" for consecutive layers.
function layerNames(layers, all) {
  const names = all.map(([, name]) => name), first = names.indexOf(layers[0]);
  const inOrder = layers.length > 2 && layers.every((layer, i) => names[first + i] === layer);
  return inOrder ? `${layers[0]} to ${layers.at(-1)}` : layers.join(", ");
}

// "cap 5.64 of L6"; without a name if all layers share it.
const capLabel = (cap, layers, all) => `cap ${cap.toFixed(2)}${layers.length < all.length ? ` of ${layerNames(layers, all)}` : ""}`;

function planeCaps(run, choice) {
  const layers = chosenLayers(run, choice), caps = [], walls = {};
  for (const [axis, name] of [["x", "i_xt"], ["y", "i_ty"]]) {
    walls[axis] = 0;
    for (const group of capGroups(run, choice, name)) {
      const cap = Math.max(...tally(group.cap));
      walls[axis] = Math.max(walls[axis], cap);
      if (group.cap.length === 1 || layers.length === group.layers.length) caps.push({ axis, at: cap, label: capLabel(cap, group.layers, layers) });
    }
  }
  return { caps, walls };
}

// The part of the plane that changes with the epoch: points, names, and joins up to it.
function epochRows(run, choice, rows, epoch, axes) {
  const { epochs, joins } = run.estimator(choice.estimator), joined = new Set(joins.map((e) => epochs[e]).filter((one) => one <= epoch));
  const now = rows.filter((row) => row.epoch === epoch);
  return { now, joins: rows.filter((row) => joined.has(row.epoch)), names: pointNames(run, choice, now, axes) };
}

// The names of points; coinciding points share one, adjacent ones alternate in height.
function pointNames(run, choice, now, { x_low, x_high, y_low, y_high }) {
  const groups = [], width = x_high - x_low, height = y_high - y_low;
  for (const { layer, x, y } of now) {
    const near = groups.find((group) => Math.abs(group.x - x) < 0.04 * width && Math.abs(group.y - y) < 0.03 * height);
    if (near) near.layers.push(layer); else groups.push({ x, y, layers: [layer], level: 0 });
  }
  groups.sort((a, b) => b.x - a.x);
  groups.forEach((group, i) => {
    const right = groups[i - 1];
    if (right && right.x - group.x < 0.2 * width && Math.abs(right.y - group.y) < 0.06 * height) group.level = 1 - right.level;
  });
  const all = chosenLayers(run, choice);
  return groups.map(({ x, y, layers, level }) => ({ x, y: y - 0.045 * height * level, layers: layerNames(layers, all) }));
}

// The bound continues to the right at its last height.
function boundRows(run, right) {
  const rows = run.bottleneck.map(([x, y]) => ({ x, y }));
  if (rows.length > 0 && rows.at(-1).x < right) rows.push({ x: right, y: rows.at(-1).y });
  return rows;
}

function planeUpdate(run, choice, epoch) {
  const rows = planeRows(run, choice), { caps, walls } = planeCaps(run, choice);
  const [x_low, x_high] = axisRange(rows, ["x", "x_low", "x_high"], walls.x, choice.zoom);
  const [y_low, y_high] = axisRange(rows, ["y", "y_low", "y_high"], walls.y, choice.zoom);
  const inside = caps.filter(({ axis, at }) => axis === "x" ? at <= x_high : at <= y_high);
  const wall = [];
  if (walls.x > 0 && walls.x < x_high) wall.push({ x: walls.x, x_end: x_high });
  if (walls.y > 0 && walls.y < y_high) wall.push({ y: walls.y, y_end: y_high });
  const shown = chosenLayers(run, choice).map(([, name]) => name);
  const axes = { x_low, x_high, y_low, y_high };
  return [{ rows, caps: inside, walls: wall, bound: boundRows(run, x_high), ...epochRows(run, choice, rows, epoch, axes) }, { epoch, ...axes, shown }];
}

function curveRange(rows, caps, zoom = false) {
  const [low, high] = axisRange([...rows, ...caps], ["value", "low", "high", "cap"], 0, zoom);
  return { low, high };
}

function curveUpdate(run, choice, name) {
  const estimator = run.estimator(choice.estimator), layers = chosenLayers(run, choice), caps = [];
  if (isInformation(name)) {
    for (const group of capGroups(run, choice, name)) {
      estimator.epochs.forEach((epoch, e) => caps.push({ series: group.layers[0], position: run.position(epoch), cap: at(group.cap, e),
        label: e === estimator.epochs.length - 1 && group.cap.length === 1 ? capLabel(at(group.cap, e), group.layers, layers) : null }));
    }
  }
  const rows = curveRows(run, estimator.epochs, layers, quantity(run, choice, name));
  return [{ rows, caps }, { ...curveRange(rows, caps), shown: layers.map(([, layer]) => layer) }];
}

function learningUpdate(run, choice, name) {
  const { epochs, splits } = run.learning, best = name === "accuracy" && run.truth ? run.truth.best_accuracy : 0;
  const caps = best > 0 ? epochs.map((epoch, e) => ({ series: "best", position: run.position(epoch), cap: best,
    label: e === epochs.length - 1 ? `best ${best.toFixed(3)}` : null })) : [];
  const rows = curveRows(run, epochs, [...splits.entries()], learningQuantity(run, choice, name));
  return [{ rows, caps }, { ...curveRange(rows, caps, name === "accuracy"), shown: splits }];
}

// One chart per epoch with histograms, at most 12, evenly spaced.
function histogramUpdates(counted, unit) {
  const step = Math.max(1, (counted.epochs.length - 1) / 11), places = new Set();
  for (let i = 0; i < counted.epochs.length; i += step) places.add(Math.round(i));
  const width = (counted.high - counted.low) / counted.bins || 1, labels = counted.labels.map(String);
  return [...places].map((e) => {
    const units = unit === "all" ? counted.percent[e] : [counted.percent[e][unit]], rows = [];
    for (let b = 0; b < counted.bins; ++b) {
      labels.forEach((label, k) => {
        const percent = units.reduce((sum, own) => sum + (at(own[k], b) ?? 0), 0) / units.length;
        if (percent > 0) rows.push({ low: counted.low + b * width, high: counted.low + (b + 1) * width, label, percent });
      });
    }
    const heights = new Map();
    for (const row of rows) heights.set(row.low, (heights.get(row.low) ?? 0) + row.percent);
    return { epoch: counted.epochs[e], rows, highest: Math.max(1, ...heights.values()), labels };
  });
}
