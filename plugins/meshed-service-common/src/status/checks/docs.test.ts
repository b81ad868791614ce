import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checks } from '.';
import { docsAnchor } from '../evaluateMeshStatus';

const document = readFileSync(
  resolve(__dirname, '../../../../../docs/checks.md'),
  'utf8',
);

describe('docs/checks.md', () => {
  it('has a heading for every check and no other, each with its sentence', () => {
    const sections = document
      .split(/^## /m)
      .slice(1)
      .map(section => [
        section.split('\n')[0],
        /\*\*(.+?)\.\*\*/.exec(section)?.[1],
      ]);
    expect(sections).toEqual(checks.map(({ code, title }) => [code, title]));
  });

  it('has the anchors that findings point at', () => {
    const anchors = [...document.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading.toLowerCase(),
    );
    expect(anchors).toEqual(checks.map(({ code }) => docsAnchor(code)));
  });
});
