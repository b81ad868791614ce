/**
 * The page that the docs tab shows where docs cannot be rendered. Its classes are those of mkdocs-material, because
 * TechDocs takes exactly these parts out of a page.
 */
export function renderMissingMkdocs(
  siteName: string,
  pages: ReadonlyArray<{ file: string; text: string }>,
): string {
  const sources = pages
    .map(
      ({ file, text }) =>
        `<h2>docs/${escape(file)}</h2><pre><code>${escape(text)}</code></pre>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(siteName)}</title></head>
<body>
<div class="md-container" data-md-component="container"><main class="md-main" data-md-component="main">
<div class="md-main__inner md-grid"><div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
<h1>${escape(siteName)}</h1>
<div class="admonition warning">
<p class="admonition-title">These docs are not rendered: mkdocs was not found</p>
<p>The portal renders docs with the Python package <code>mkdocs-techdocs-core</code>, which is not installed on the machine it runs on.
Install it with <code>pip install mkdocs-techdocs-core</code> (or <code>pipx install --include-deps mkdocs-techdocs-core</code>), make sure that <code>mkdocs</code> is on the PATH of the portal, and open this page again.
Until then the docs are shown as they are written.</p>
</div>
${sources || '<p>There is no Markdown file in <code>docs/</code>.</p>'}
</article>
</div></div></main></div>
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
