// The tables of a run, read and summarized in the most obvious way.
import fs from "node:fs";
import path from "node:path";

export function informationOf(run) {
  const [head, ...lines] = fs.readFileSync(path.join(run, "information.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) =>
    [name, name === "layer" || name === "estimator" ? cells[i] : cells[i] === "" ? NaN : Number(cells[i])])));
}

// As NumPy's default, by linear interpolation.
function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b), place = (sorted.length - 1) * p, below = Math.floor(place);
  return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

export function meanOf(rows, estimator, layer, epoch, column) {
  const values = rows.filter((row) => row.estimator === estimator && row.layer === layer && row.epoch === epoch).map((row) => row[column]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)), low: quantile(values, 0.16), high: quantile(values, 0.84) };
}
