// Draws the numbers of the overview. They are in an attribute of #live, which htmx replaces every few seconds.

const MINUTE = 60;
const LEAST_LAG = 1;
const LAGS = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000, 86_400_000, 864_000_000];

const charts = new Map();

/** The colour that a variable of the style stands for in the theme that is on. */
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** A day at its first moment, else the time of day. */
function moment(seconds) {
  const at = new Date(seconds * 1000);
  return (at.getHours() === 0 && at.getMinutes() === 0 ? day : clock).format(at);
}

function axis(more) {
  return {
    stroke: colour("--text-soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
    font: "12px system-ui",
    ...more,
  };
}

const moments = { size: 34, values: (u, ticks) => ticks.map(moment) };

function lag(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${+(millis / 1000).toFixed(1)} s`;
  if (millis < 3_600_000) return `${+(millis / 60_000).toFixed(1)} min`;
  if (millis < 86_400_000) return `${+(millis / 3_600_000).toFixed(1)} h`;
  return `${+(millis / 86_400_000).toFixed(1)} d`;
}

function line(label, name, more) {
  return { label, stroke: colour(name), width: 2, points: { size: 4, fill: colour(name), ...more.points }, ...more.series };
}

const counted = { points: { show: false }, series: { value: (u, value) => (value == null ? "–" : value.toLocaleString()) } };
// What has no neighbours would have no line.
const late = { points: { show: true }, series: { value: (u, value) => (value == null ? "–" : lag(value)) } };
const time = (u, value) => (value == null ? "–" : new Date(value * 1000).toLocaleString());

function options(element, series, axes, scales) {
  return {
    width: element.clientWidth,
    height: 220,
    scales,
    axes,
    series: [{ label: "Time", value: time }, ...series],
    cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    legend: { live: true },
  };
}

function draw(id, data, make) {
  const element = document.getElementById(id);
  if (!element || element.clientWidth === 0) return;
  const known = charts.get(id);
  if (known) {
    known.setData(data);
    return;
  }
  const chart = new uPlot(make(element), data, element);
  // A spike leads to the attempts that it is made of.
  chart.over.addEventListener("click", () => {
    const at = chart.data[0][chart.cursor.idx];
    if (at == null) return;
    const length = (chart.data[0][1] ?? at + MINUTE) - chart.data[0][0];
    const query = new URLSearchParams({
      since: new Date(at * 1000).toISOString(),
      until: new Date((at + length) * 1000).toISOString(),
    });
    location.href = `/deliveries?${query}`;
  });
  charts.set(id, chart);
}

function drawAll() {
  const live = document.getElementById("live");
  if (!live || typeof uPlot === "undefined") return;
  const numbers = JSON.parse(live.dataset.chart);
  const x = { time: true };
  draw("chart-counts", [numbers.at, numbers.events, numbers.succeeded, numbers.failed], (element) =>
    options(
      element,
      [
        line("Events", "--text-soft", counted),
        line("Attempts that succeeded", "--good", counted),
        line("Attempts that failed", "--bad", counted),
      ],
      [axis(moments), axis({ size: 60, values: (u, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? tick.toLocaleString() : "")) })],
      { x, y: { range: (u, least, most) => [0, Math.max(1, most * 1.05)] } },
    ),
  );
  const positive = (column) => column.map((value) => (value == null ? null : Math.max(LEAST_LAG, value)));
  draw("chart-lag", [numbers.at, positive(numbers.p50), positive(numbers.p99)], (element) =>
    options(
      element,
      [
        line("Half within", "--accent", late),
        line("99 of 100 within", "--warn", late),
      ],
      [axis(moments), axis({
        size: 60,
        splits: (u, i, least, most) => LAGS.filter((at) => at >= least && at <= most),
        filter: (u, splits) => splits,
        values: (u, ticks) => ticks.map(lag),
      })],
      { x, y: { distr: 3, range: (u, least, most) => [LEAST_LAG, Math.max(10, (most ?? 1) * 1.5)] } },
    ),
  );
}

function redraw() {
  for (const chart of charts.values()) chart.destroy();
  charts.clear();
  drawAll();
}

document.addEventListener("htmx:afterSettle", drawAll);
// Nobody looks at a page that is hidden.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.id === "live") event.preventDefault();
});
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("resize", () => {
  for (const [id, chart] of charts) {
    chart.setSize({ width: document.getElementById(id).clientWidth, height: chart.height });
  }
});
drawAll();
