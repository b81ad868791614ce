/** What is going on, for how long: one live line on a terminal, a line now and then in a log. */
const LIVE_MS = 1000;
const REMIND_MS = 20_000;
const live = Boolean(process.stdout.isTTY);
const active = new Map();
let timer;

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
  if (live) {
    const width = (process.stdout.columns ?? 80) - 3;
    process.stdout.write(`\r… ${all.join(', ').slice(0, width)}\x1b[K`);
  } else {
    for (const each of all) console.log(`… ${each}`);
  }
}

/** Shows that a step has begun and goes on. @returns a function that shows how it ended, and returns how long it took. */
export function begin(title) {
  const started = Date.now();
  active.set(title, started);
  if (live) show();
  else console.log(`… ${title}`);
  timer ??= setInterval(show, live ? LIVE_MS : REMIND_MS);
  return mark => {
    active.delete(title);
    if (live) process.stdout.write('\r\x1b[K');
    console.log(`${mark} ${described([title, started])}`);
    if (active.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    return Date.now() - started;
  };
}
