
const $ = (id) => document.getElementById(id);

function fillSelect(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
  if (options.some(([value]) => String(value) === String(chosen))) select.value = String(chosen);
}

// "mean of 8 replicas": the caption of the charts of the estimator, or of other rows.
function shownName(run, choice, rows = run.estimator(choice.estimator)) {
  const replicas = rows?.replicas ?? run.numbers.length;
  if (choice.show === "replica") return `replica ${run.numbers[choice.replica]}`;
  if (replicas === 1 && choice.show !== "bounds") return "one replica";
  const of = replicas === 1 ? "value" : `mean of ${replicas} replicas`;
  if (choice.show === "quantiles") return `${of}, band from the 16 % to the 84 % quantile`;
  if (choice.show === "deviation") return `${of}, band of one standard deviation on either side`;
  return choice.show === "bounds" ? `${of}, band from the lower to the upper bound` : of;
}

function layerBoxes(run, choice, changed) {
  const boxes = run.estimator(choice.estimator).layers.map((layer) => {
    const box = element("input", { type: "checkbox", value: layer });
    box.checked = choice.layers.has(layer);
    box.addEventListener("change", () => {
      if (box.checked) choice.layers.add(layer); else choice.layers.delete(layer);
      changed();
    });
    return element("label", {}, box, layer);
  });
  $("layers").replaceChildren(element("legend", {}, "Layers"), ...boxes);
}

// The choices depend on the run and the estimator.
function offerChoices(run, choice, changed) {
  const bounds = run.bounds(choice.estimator), replicas = run.numbers.length;
  for (const option of $("show").options) {
    option.hidden = option.disabled = (option.value === "bounds" && !bounds) || (replicas < 2 && /quantiles|deviation|replica/.test(option.value));
  }
  if ($("show").selectedOptions[0].disabled) $("show").value = choice.show = "mean";
  $("replica-choice").hidden = choice.show !== "replica";
  fillSelect($("replica"), [...run.numbers.entries()].map(([place, number]) => [place, String(number)]), choice.replica);
  layerBoxes(run, choice, changed);
}

// Plays all epochs in about ten seconds.
class Player {
  constructor(step) {
    this.step = step;
    $("play").addEventListener("click", () => this.timer ? this.stop() : this.start());
  }

  start() {
    const slider = $("epoch"), last = Number(slider.max);
    if (Number(slider.value) >= last) slider.value = "0";
    this.show(true);
    this.timer = setInterval(async () => {
      if (this.drawing) return;
      if (Number(slider.value) >= last) return this.stop();
      slider.value = String(Number(slider.value) + 1);
      this.drawing = true;
      await this.step();
      this.drawing = false;
    }, Math.min(Math.max(10000 / (last + 1), 40), 500));
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.show(false);
  }

  show(playing) {
    $("play").textContent = playing ? "❚❚ Pause" : "▶ Play";
    $("play").setAttribute("aria-pressed", String(playing));
  }
}
