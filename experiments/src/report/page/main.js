
let charts = {}, histograms = [];

// For code that waits for the charts; the marks record how long they took.
function ready(what) {
  document.body.dataset.ready = what;
  if (what !== "") performance.mark(what);
}

const sections = (run) => ({
  "plane-section": run.information.length > 0, "curves-section": run.information.length > 0, "table-section": run.information.length > 0,
  "learning-section": run.learning !== null, "details-section": Object.keys(run.specs.details).length > 0,
  "histograms-section": run.histograms.length > 0, controls: run.information.length > 0,
});

function captions(run, choice) {
  const about = `${choice.estimator}, ${shownName(run, choice)}`;
  const hasPlane = run.estimator(choice.estimator).i_xt.mean.flat().some((value) => known(value));
  $("plane-caption").textContent = !hasPlane ? `${choice.estimator} does not estimate I(X;T).` : `${about}. Gray: beyond the cap, the largest value the estimate can take. A layer at the cap ` +
    `of I(X;T) is saturated: the value reflects the number of samples, bins or clusters, not the layer. A layer at the cap of I(T;Y) separates ` +
    `all labels, which is meaningful only if I(X;T) is far below its cap.${run.bottleneck.length > 0 ? " Dashed line: the information bottleneck bound, the largest I(T;Y) for each I(X;T)." : ""}`;
  $("curves-caption").textContent = `${about}. Dashed: caps.`;
  $("learning-caption").textContent = shownName(run, { ...choice, show: choice.show === "bounds" ? "mean" : choice.show }, run.learning) +
    (run.truth ? ". Dashed: the best accuracy the data allow." : "");
}

const updates = {
  plane: (run, choice) => planeUpdate(run, choice, run.estimator(choice.estimator).epochs[current.epoch]),
  i_xt: (run, choice) => curveUpdate(run, choice, "i_xt"),
  i_ty: (run, choice) => curveUpdate(run, choice, "i_ty"),
  loss: (run, choice) => learningUpdate(run, choice, "loss"),
  accuracy: (run, choice) => learningUpdate(run, choice, "accuracy"),
  detail: (run, choice) => choice.detail in run.estimator(choice.estimator).details ? curveUpdate(run, choice, choice.detail) : [{ rows: [], caps: [] }, {}],
};

const epochsShown = () => (current.run.estimator(current.choice.estimator) ?? current.run.learning).epochs;
const currentPosition = () => current.run.position(epochsShown()[current.epoch]);

// Redraws all charts, the plane first.
async function redraw() {
  const { run, choice } = current;
  captions(run, choice);
  if (run.information.length > 0) fillReadout(run, choice, current.epoch);
  if ($("numbers").open) fillNumbers(run, choice);
  for (const [name, chart] of Object.entries(charts)) {
    const [data, signals] = updates[name](run, choice);
    await chart.set(data, name === "plane" ? signals : { ...signals, position: currentPosition() });
    if (name !== "plane") continue;
    [current.rows, current.axes] = [data.rows, signals];
    ready("plane");
    await new Promise((painted) => setTimeout(painted));
  }
}

async function update() {
  await redraw();
  ready("all");
}

async function showEpoch() {
  const { run, choice } = current;
  current.epoch = Number($("epoch").value);
  const epoch = epochsShown()[current.epoch];
  $("epoch-value").textContent = String(epoch);
  $("epoch").setAttribute("aria-valuetext", `epoch ${epoch}`);
  fillReadout(run, choice, current.epoch);
  await Promise.all(Object.entries(charts).map(([name, chart]) => name === "plane"
    ? chart.move(epochRows(run, choice, current.rows, epoch, current.axes), { epoch }) : chart.move({}, { position: currentPosition() })));
  $("plane").dataset.epoch = String(epoch);
}

function chooseEstimator() {
  const { run, choice } = current;
  const before = run.estimator(choice.estimator)?.epochs[current.epoch];
  choice.estimator = $("estimator").value;
  const { epochs, details } = run.estimator(choice.estimator);
  const nearest = epochs.findLastIndex((epoch) => epoch <= before);
  current.epoch = before === undefined || nearest < 0 ? epochs.length - 1 : nearest;
  $("epoch").max = String(epochs.length - 1);
  $("epoch").value = String(current.epoch);
  $("epoch-value").textContent = String(epochs[current.epoch]);
  const names = Object.keys(details);
  fillSelect($("detail"), names.map((name) => [name, name]), names.includes(choice.detail) ? choice.detail : names[0]);
  $("details-section").hidden = names.length === 0;
  if (names.length > 0) chooseDetail();
  offerChoices(run, choice, update);
}

function chooseDetail() {
  const { run, choice } = current;
  if (charts.detail && choice.detail === $("detail").value) return;
  choice.detail = $("detail").value;
  charts.detail?.finish();
  charts.detail = new Chart($("detail-chart"), run.specs.details[choice.detail], choice.detail);
}

async function drawHistograms() {
  const { run } = current;
  const counted = run.histograms[Number($("histogram-layer").value)], unit = $("histogram-unit").value;
  const shown = histogramUpdates(counted, unit), most = 1.05 * Math.max(...shown.map(({ highest }) => highest));
  $("histograms-caption").textContent = `All replicas together; ${unit === "all" ? `all ${counted.units} units of ${counted.layer}` : `unit ${Number(unit) + 1} of ${counted.layer}`}.`;
  histograms.forEach((chart) => chart.finish());
  const figures = shown.map(({ epoch }) => element("figure", { class: "chart" }, element("h3", {}, `epoch ${epoch}`)));
  $("histograms").replaceChildren(...figures);
  histograms = figures.map((figure, i) => new Chart(figure, run.specs.histogram, `histogram-${counted.layer}-${shown[i].epoch}`));
  for (const [i, { rows, labels }] of shown.entries()) await histograms[i].set({ rows }, { most, labels, from: counted.low, to: counted.high });
}

function chooseHistogramLayer() {
  const counted = current.run.histograms[Number($("histogram-layer").value)], single = counted.percent[0].length;
  fillSelect($("histogram-unit"), [["all", "all together"], ...(single > 1 ? Array.from({ length: single }, (_, u) => [u, String(u + 1)]) : [])], "all");
  return drawHistograms();
}

async function chooseRun() {
  ready("");
  for (const chart of [...Object.values(charts), ...histograms]) chart.finish();
  charts = {};
  histograms = [];
  const run = (current.run = new Run(Number($("run").value)));
  const [experiment, id] = run.run.split(/\/(?=[^/]*$)/);
  $("title").textContent = experiment;
  $("status").textContent = [id, run.status, `${run.numbers.length} replica${run.numbers.length === 1 ? "" : "s"}`].filter(Boolean).join(", ");
  for (const [id, shown] of Object.entries(sections(run))) $(id).hidden = !shown;
  for (const kind of ["claims", "texts"]) $(kind).replaceChildren($(`${kind}-${run.number}`).content.cloneNode(true));
  $("claims-section").hidden = $("claims").childElementCount === 0;
  $("texts-section").hidden = $("texts").childElementCount === 0;
  await showRun(run);
  ready("all");
}

async function showRun(run) {
  const kept = current.choice, layers = run.information.flatMap((one) => one.layers);
  current.choice = { estimator: kept?.estimator, show: kept?.show ?? "quantiles", replica: 0, layers: new Set(layers), zoom: kept?.zoom ?? false };
  if (run.information.length > 0) {
    fillSelect($("estimator"), run.information.map((one) => [one.estimator, one.estimator]), current.choice.estimator);
    for (const name of ["plane", "i_xt", "i_ty"]) charts[name] = new Chart($(name), run.specs[name], name);
  }
  if (run.learning) for (const name of ["loss", "accuracy"]) charts[name] = new Chart($(name), run.specs[name], name);
  $("show").value = current.choice.show;
  $("numbers").open &&= run.information.length > 0;
  if (run.information.length > 0) chooseEstimator(); else current.epoch = run.learning.epochs.length - 1;
  await redraw();
  if (run.histograms.length > 0) {
    fillSelect($("histogram-layer"), run.histograms.map((one, i) => [i, one.layer]), 0);
    await chooseHistogramLayer();
  }
}

function start() {
  const runs = [...document.querySelectorAll("script[id^='run-']")].map((_, i) => [i, JSON.parse($(`run-${i}`).textContent).run]);
  fillSelect($("run"), runs, 0);
  $("run-choice").hidden = runs.length < 2;
  const choose = (id, change) => $(id).addEventListener("change", change);
  choose("run", chooseRun);
  choose("estimator", () => (chooseEstimator(), update()));
  choose("show", () => { current.choice.show = $("show").value; offerChoices(current.run, current.choice, update); update(); });
  choose("replica", () => { current.choice.replica = Number($("replica").value); update(); });
  choose("zoom", () => { current.choice.zoom = $("zoom").checked; update(); });
  choose("detail", () => (chooseDetail(), update()));
  choose("histogram-layer", chooseHistogramLayer);
  choose("histogram-unit", drawHistograms);
  $("epoch").addEventListener("input", showEpoch);
  $("csv").addEventListener("click", saveCsv);
  $("controls").addEventListener("submit", (event) => event.preventDefault());
  $("numbers").addEventListener("toggle", () => { if ($("numbers").open) fillNumbers(current.run, current.choice); });
  window.addEventListener("beforeprint", () => Object.values(charts).forEach((chart) => chart.catchUp()));
  new Player(showEpoch);
  chooseRun();
}

start();
