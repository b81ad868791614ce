/** One line a test while they run, the whole error of each failure, and the line that `./dev test` counts. */
export default async function* reporter(events) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    // A file is an event, too; it counts only when it failed before its first test.
    const isFile = data?.nesting === 0 && /\.e2e\.ts$/.test(data.name ?? '');
    if (type === 'test:pass' && !isFile) {
      count[data.skip === undefined ? 'passed' : 'skipped'] += 1;
      const seconds = (data.details.duration_ms / 1000).toFixed(1);
      yield `✓ ${data.name} (${seconds} s)\n`;
    }
    if (type === 'test:fail') {
      count.failed += 1;
      const { error } = data.details;
      yield `✗ ${data.name}\n${error?.cause?.stack ?? error?.stack ?? error}\n`;
    }
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
  }
  yield `browser: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
}
