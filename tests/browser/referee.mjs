// The tables of a run, read and summed up in the most obvious way.
import fs from "node:fs";
import path from "node:path";

export function informationOf(run) {
  const [head, ...lines] = fs.readFileSync(path.join(run, "information.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) =>
    [name, name === "layer" || name === "estimator" ? cells[i] : cells[i] === "" ? NaN : Number(cells[i])])));
}

export function meanOf(rows, estimator, layer, epoch, column) {
  const values = rows.filter((row) => row.estimator === estimator && row.layer === layer && row.epoch === epoch).map((row) => row[column]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
