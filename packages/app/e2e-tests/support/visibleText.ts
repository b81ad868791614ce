import type { Page } from 'playwright-core';

/** @returns the text of a page with that of its shadow trees, in which TechDocs shows its documents. */
export function visibleText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const collect = (node: ParentNode): string =>
      [...node.querySelectorAll('*')]
        .map(
          element =>
            (element.shadowRoot ? collect(element.shadowRoot) : '') +
            [...element.childNodes]
              .filter(child => child.nodeType === Node.TEXT_NODE)
              .map(child => child.textContent)
              .join(' '),
        )
        .join(' ');
    return collect(document);
  });
}
