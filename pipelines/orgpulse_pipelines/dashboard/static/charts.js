// Charts: draws every figure's specification when it comes into view, and saves figure and table as files.
"use strict";
(() => {
  const root = document.documentElement.dataset.root;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new WeakMap(); // figure -> view of the chart library
  let library = null;

  // The chart library is big: it is loaded once a chart comes near.
  const loadLibrary = () => (library ??= orgpulse.script(`${root}assets/vega.js`));

  function theme(width) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    // Much of something stands out from the page: dark on light, light on dark.
    const shades = { scheme: dark.matches ? "viridis" : "yellowgreenblue" };
    return {
      background: null,
      font: style.fontFamily,
      view: { stroke: null },
      bar: { color: colour("--mark") }, line: { color: colour("--mark"), strokeWidth: 2.5 }, point: { color: colour("--mark"), filled: true }, circle: { color: colour("--mark") },
      rule: { color: colour("--ink") }, tick: { color: colour("--ink") }, text: { color: colour("--ink") },
      axisQuantitative: { tickCount: 6 },
      axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelColor: colour("--ink"), titleColor: colour("--soft"), gridColor: colour("--line"), domainColor: colour("--line"), tickColor: colour("--line"), labelLimit: Math.min(260, width * 0.4) },
      legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", columns: Math.max(1, Math.floor((width - 150) / 150)), labelColor: colour("--ink"), titleColor: colour("--soft"), orient: "top", labelLimit: 260 },
      header: { labelColor: colour("--ink"), titleColor: colour("--soft") },
      // Okabe and Ito's colours, which people with any colour vision tell apart.
      range: {
        category: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#888888"],
        heatmap: shades, ramp: shades,
        // On target, near, off, no target, no data: told apart by shape and word, too.
        status: [colour("--mark"), "#e69f00", "#d55e00", "#888888", "#888888"],
      },
    };
  }

  async function draw(figure) {
    const spec = JSON.parse(figure.querySelector("script.spec").textContent);
    const rows = JSON.parse(figure.querySelector("script.rows").textContent);
    await loadLibrary();
    const plot = figure.querySelector(".plot");
    const datasets = { ...(spec.datasets ?? {}), rows };
    // The geometry of the world is big: only a map loads it.
    if (spec.usermeta?.map) {
      Object.assign(datasets, await orgpulse.fetch("world", "world"));
      spec.height = Math.min(spec.height, plot.clientWidth / 2); // the world is twice as wide as it is high
    }
    const { names } = orgpulse;
    const full = {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json", width: "container", autosize: { type: "fit-x", contains: "padding" },
      ...spec,
      datasets,
      config: theme(plot.clientWidth),
    };
    const made = await vegaEmbed(plot, full, {
      actions: false, renderer: "svg", ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true },
      formatLocale: names.number, timeFormatLocale: names.time, loader: { target: null },
    });
    drawn.get(figure)?.finalize();
    drawn.set(figure, made.view);
    figure.dataset.drawn = "true";
    // The figure has a name and a summary of its own; every mark inside would be noise.
    plot.querySelector("svg")?.setAttribute("aria-hidden", "true");
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target).catch(() => { entry.target.querySelector("details").open = true; });
    }
  }, { rootMargin: "300px" });

  // Draw a figure with other rows, and fill its table with them.
  function redraw(figure, rows, changes = {}) {
    figure.querySelector("script.rows").textContent = JSON.stringify(rows);
    if (changes.spec) figure.querySelector("script.spec").textContent = JSON.stringify(changes.spec);
    if (changes.summary !== undefined) figure.querySelector(".summary").textContent = changes.summary;
    if (figure.dataset.drawn) draw(figure); else seen.observe(figure);
  }

  // A cell that a spreadsheet would run as a formula is marked as text.
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  function csv(table) {
    const line = (row) => [...row.cells].map((one) => cell(one.dataset.value ?? one.textContent.trim())).join(",");
    return `\ufeff${[...table.rows].map(line).join("\r\n")}\r\n`;
  }

  function save(name, source) {
    const link = orgpulse.make("a", { href: source, download: name });
    link.click();
  }

  async function saveAs(figure, kind) {
    const name = `${document.title.split(" – ")[0]} – ${figure.id}.${kind}`;
    if (kind === "csv") {
      const source = URL.createObjectURL(new Blob([csv(figure.querySelector("table"))], { type: "text/csv" }));
      save(name, source);
      URL.revokeObjectURL(source);
      return;
    }
    if (!figure.dataset.drawn) await draw(figure);
    save(name, await drawn.get(figure).toImageURL(kind, 2));
  }

  for (const figure of document.querySelectorAll("figure.chart")) {
    for (const buttons of figure.querySelectorAll(".save")) buttons.hidden = false;
    for (const button of figure.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => saveAs(figure, button.dataset.save));
    }
    // A figure without rows gets them from the page's own script, which then redraws it.
    if (figure.matches("[data-chart]") && figure.querySelector("script.rows").textContent !== "[]") seen.observe(figure);
  }
  dark.addEventListener("change", () => {
    for (const figure of document.querySelectorAll("figure[data-drawn]")) draw(figure);
  });
  // A printed page shows every chart, also those that were never scrolled to.
  addEventListener("beforeprint", () => {
    for (const figure of document.querySelectorAll("figure[data-chart]:not([data-drawn])")) draw(figure);
  });
  orgpulse.redraw = redraw;
})();
