/**
 * Loads what a command does once it is done. Run from source, Node does not see the names in a module that it transforms on
 * the way, and hands the whole of it over as its default.
 */
export async function loaded<Module extends object>(
  loading: Promise<Module>,
): Promise<Module> {
  const found: Module & { default?: Module } = await loading;
  return found.default ?? found;
}
