// Writes a run's folder, larger than that of any config and with names that try to be markup, formulas or scripts.
// usage: make_run.mjs FOLDER REPLICAS EPOCHS
import fs from "node:fs";
import path from "node:path";

const [folder, replicas, epochs] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const layers = ["L1", "L2", "=1+1", "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "L6"];
const estimators = ["binning", "kernel_density.lower", "kernel_density.upper"];
const quoted = (text) => /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const information = ["replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,bins,clusters"];
const training = ["replica,epoch,split,loss,accuracy"];
let seed = 1;
const noise = () => ((seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5) * 0.2;   // Park and Miller's
for (let e = 0; e < epochs; ++e) {
  const epoch = e === 0 ? 0 : Math.max(e, Math.round(12000 ** (e / (epochs - 1)))), learned = e / epochs;
  for (let r = 0; r < replicas; ++r) {
    layers.forEach((layer, l) => estimators.forEach((estimator, k) => {
      const x = 10 - l - 2 * learned * l / 5 + k / 10 + noise(), y = Math.min(0.3 + 0.6 * learned - l * 0.05 + noise(), 1);
      information.push([r, epoch, quoted(layer), estimator, x, y, 12, 1, k === 0 ? 30 + l : "", k === 1 ? 5 : ""].join(","));
    }));
    for (const split of ["train", "test"]) training.push([r, epoch, split, 0.7 - 0.6 * learned + noise() / 4, 0.5 + 0.45 * learned + noise() / 4].join(","));
  }
}
fs.mkdirSync(folder, { recursive: true });
const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
write("information.csv", information.join("\n") + "\n");
write("training.csv", training.join("\n") + "\n");
write("experiment.yaml", "name: '</pre><script>alert(3)</script>'\n# \u0001 control\n");
write("provenance.json", JSON.stringify({ status: "<b>finished</b>", seed: 1 }));
write("bottleneck.csv", "beta,i_xt_bits,i_ty_bits\n0,0,0\n2,1,0.6\n9,4,0.9\n");
write("truth.csv", "i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error\n0.9,0,0.98,0\n");
write("claims.csv", "name,claim,says,measured,replicas,tested,holds,share_low,share_high,at_least_share,mean,mean_low,mean_high,deviation,unit,verdict,doubt,reason,evidence\n" +
  `c,compression,<u>it compresses</u>,all of it,${replicas},${replicas},0,0,0.1,0.5,1,0.9,1.1,0.1,bits,does not hold,,<s>too few</s>,x/shown\n` +
  `d,fitting,it fits,more of it,${replicas},${replicas},0,0,0.6,0.5,1,0.9,1.1,0.1,bits,undecided,the share is wide,,\n`);
