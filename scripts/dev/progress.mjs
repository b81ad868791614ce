/** One line per step: what it is, how long it took, where its log lies. */
const SPIN_MS = 1000;
const REMIND_MS = 20_000;

/** @returns `7 s`, `1 min 45 s`. */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Shows that a step has begun and goes on. @returns a function that shows how it ended. */
export function begin(title) {
  const started = Date.now();
  const line = mark => `${mark} ${title} (${duration(Date.now() - started)})`;
  const live = process.stdout.isTTY;
  if (!live) console.log(`… ${title}`);
  const timer = setInterval(
    () => {
      if (live) process.stdout.write(`\r${line('…')}\x1b[K`);
      else console.log(line('…'));
    },
    live ? SPIN_MS : REMIND_MS,
  );
  return mark => {
    clearInterval(timer);
    if (live) process.stdout.write('\r\x1b[K');
    console.log(line(mark));
    return Date.now() - started;
  };
}
