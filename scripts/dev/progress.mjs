/** What is going on, for how long: one live line on a terminal, a line now and then in a log. */
const LIVE_MS = 1000;
const REMIND_MS = 20_000;
const active = new Map();
let out = process.stdout;
let timer;

/** Sends progress elsewhere, for a verb whose own output is all that stdout may hold. */
export function reportTo(stream) {
  out = stream;
}

/** @returns `7 s`, `1 min 45 s`. */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const described = ([title, started]) =>
  `${title} (${duration(Date.now() - started)})`;

function show() {
  const all = [...active].map(described);
  if (out.isTTY) {
    const width = (out.columns ?? 80) - 3;
    out.write(`\r… ${all.join(', ').slice(0, width)}\x1b[K`);
  } else {
    for (const each of all) out.write(`… ${each}\n`);
  }
}

/** Shows that a step has begun and goes on. @returns a function that shows how it ended, and returns how long it took. */
export function begin(title) {
  const started = Date.now();
  active.set(title, started);
  if (out.isTTY) show();
  else out.write(`… ${title}\n`);
  timer ??= setInterval(show, out.isTTY ? LIVE_MS : REMIND_MS);
  return mark => {
    active.delete(title);
    const clear = out.isTTY ? '\r\x1b[K' : '';
    out.write(`${clear}${mark} ${described([title, started])}\n`);
    if (active.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    return Date.now() - started;
  };
}
