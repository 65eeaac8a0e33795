
// Loads nothing: the charts' data are in the page.
const refuse = () => Promise.reject(new Error("this report loads nothing"));
const embedOptions = {
  mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, hover: false,
  loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse }, tooltip: { disableDefaultStyle: true, theme: "page" },
};

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function save(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const fileName = (...parts) => parts.join("-").replace(/[^A-Za-z0-9_.-]+/g, "_");

// The specification with its initial data and parameters.
const filled = (spec, data, signals) => ({
  ...spec, datasets: { ...spec.datasets, ...data },
  params: spec.params.map((param) => param.name in signals ? { ...param, value: signals[param.name] } : param),
});

const chartIn = new WeakMap();
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) chartIn.get(target).seen(isIntersecting);
}, { rootMargin: "100px" });

// A chart in a figure, with buttons to save it.
class Chart {
  constructor(figure, spec, name) {
    Object.assign(this, { figure, spec, name, visible: true, waiting: null });
    chartIn.set(figure, this);
    watch.unobserve(figure);
    watch.observe(figure);
  }

  draw(data, signals) {
    const view = element("div", { class: "view" });
    this.figure.replaceChildren(...this.figure.querySelectorAll("h3"), view, this.buttons());
    return vegaEmbed(view, filled(this.spec, data, signals), embedOptions).then((result) => (this.view = result.view));
  }

  buttons() {
    const made = [["SVG", "svg", async () => new Blob([await this.view.toSVG()], { type: "image/svg+xml" })],
      ["PNG", "png", async () => { const canvas = await this.view.toCanvas(3); return new Promise((done) => canvas.toBlob(done, "image/png")); }]];
    return element("div", { class: "save" }, ...made.map(([text, extension, blob]) => {
      const button = element("button", { type: "button", "aria-label": `Save ${this.name} as ${text}` }, text);
      button.addEventListener("click", async () => save(await blob(), `${fileName(current.run.run, this.name, current.choice.estimator)}.${extension}`));
      return button;
    }));
  }

  // All that it shows.
  async set(data, signals) {
    this.waiting = null;
    if (this.finished) return;
    if (!this.drawn) return void await (this.drawn = this.draw(data, signals));
    await this.change(data, signals);
  }

  // What depends on the epoch; deferred while out of view.
  async move(data, signals) {
    if (this.visible) await this.change(data, signals); else this.waiting = { data, signals };
  }

  seen(visible) {
    this.visible = visible;
    if (visible) this.catchUp();
  }

  catchUp() {
    if (this.waiting && this.view) this.change(this.waiting.data, this.waiting.signals);
    this.waiting = null;
  }

  async change(data, signals) {
    await this.drawn;
    if (this.finished) return;
    for (const [name, rows] of Object.entries(data)) this.view.data(name, rows);
    for (const [name, value] of Object.entries(signals)) this.view.signal(name, value);
    await this.view.runAsync();
  }

  async finish() {
    this.finished = true;
    (await this.drawn)?.finalize();
  }
}
