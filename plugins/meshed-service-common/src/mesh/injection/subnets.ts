/** @returns the networks of a text as `10.0.0.0/8,192.0.2.0/24`. */
export function parseSubnets(text: string): string[] {
  return text
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '');
}
