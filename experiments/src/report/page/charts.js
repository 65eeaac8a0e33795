
// Nothing is ever asked for: the charts' data are in the page.
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

// The specification with its first data and parameters.
const filled = (spec, data, signals) => ({
  ...spec, datasets: { ...spec.datasets, ...data },
  params: spec.params.map((param) => param.name in signals ? { ...param, value: signals[param.name] } : param),
});

// A chart in a figure, with buttons that save it.
class Chart {
  constructor(figure, spec, name) {
    this.figure = figure;
    this.spec = spec;
    this.name = name;
  }

  draw(data, signals) {
    const view = element("div", { class: "view" });
    this.figure.replaceChildren(...this.figure.querySelectorAll("h3"), view, this.buttons());
    return vegaEmbed(view, filled(this.spec, data, signals), embedOptions).then((result) => (this.view = result.view));
  }

  buttons() {
    const svg = element("button", { type: "button", "aria-label": `Save ${this.name} as SVG` }, "SVG");
    const png = element("button", { type: "button", "aria-label": `Save ${this.name} as PNG` }, "PNG");
    svg.addEventListener("click", async () => save(new Blob([await this.view.toSVG()], { type: "image/svg+xml" }), this.file("svg")));
    png.addEventListener("click", async () => {
      const canvas = await this.view.toCanvas(3);
      canvas.toBlob((blob) => save(blob, this.file("png")), "image/png");
    });
    return element("div", { class: "save" }, svg, png);
  }

  file(extension) { return `${fileName(current.run.run, this.name, current.choice.estimator)}.${extension}`; }

  async set(data, signals = {}) {
    if (!this.drawn) {
      this.drawn = this.draw(data, signals);
      return void await this.drawn;
    }
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
