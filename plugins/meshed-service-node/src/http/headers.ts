/** @returns headers by name in lower case; joined by commas where one stands twice. */
export function joinedHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [
            [
              name.toLowerCase(),
              Array.isArray(value) ? value.join(', ') : value,
            ],
          ],
    ),
  );
}
