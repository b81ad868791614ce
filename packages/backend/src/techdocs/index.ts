/**
 * Docs where Python is missing.
 *
 *   mkdocs found ─► TechDocs' own generator ─► the docs
 *   not found    ─► renderMissingMkdocs ─► a page that says what is missing, and the docs as they are written
 *
 * The page carries no etag, so the first visit after mkdocs was installed builds the real docs.
 */
export { techdocsModuleGenerator as default } from './module';
