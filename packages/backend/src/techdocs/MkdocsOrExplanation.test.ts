import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath } from './isOnPath';
import { MkdocsOrExplanation } from './MkdocsOrExplanation';

describe('docs where mkdocs is not installed', () => {
  const folder = createMockDirectory();
  const logger = mockServices.logger.mock();

  const generate = async (docs: Record<string, string>) => {
    folder.setContent({
      input: { 'mkdocs.yml': 'site_name: Cart\n', docs },
      output: {},
    });
    const generator = new MkdocsOrExplanation(async () => false, {
      config: new ConfigReader({ techdocs: { generator: { runIn: 'local' } } }),
      logger,
    });
    await generator.run({
      inputDir: folder.resolve('input'),
      outputDir: folder.resolve('output'),
      etag: 'abc',
      // TechDocs still asks for winston's type; it calls the four methods that the service has.
      logger: logger as never,
      logStream: undefined as never,
      siteOptions: { name: 'cart <b>' },
    });
    const read = (file: string) =>
      readFile(join(folder.resolve('output'), file), 'utf8');
    return {
      html: await read('index.html'),
      metadata: JSON.parse(await read('techdocs_metadata.json')),
    };
  };

  it('say what is missing and how to install it, and show what is written, the first page first', async () => {
    const { html } = await generate({
      'a.md': '# A\n',
      'index.md': '# Cart <script>alert(1)</script>\n',
    });
    expect(html).toContain('These docs are not rendered: mkdocs was not found');
    expect(html).toContain('pip install mkdocs-techdocs-core');
    expect(html).toContain('<h1>cart &lt;b&gt;</h1>');
    expect(html).toContain('# Cart &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html.indexOf('docs/index.md')).toBeLessThan(
      html.indexOf('docs/a.md'),
    );
  });

  it('are built anew on the next visit, because they carry no etag', async () => {
    const { metadata } = await generate({ 'index.md': '# Cart\n' });
    expect(metadata).toEqual({
      site_name: 'cart <b>',
      site_description: '',
      build_timestamp: expect.any(Number),
      files: ['index.html', 'techdocs_metadata.json'],
    });
  });

  it('say so where there is no page at all', async () => {
    const { html } = await generate({});
    expect(html).toContain('There is no Markdown file in <code>docs/</code>.');
  });
});

describe('isOnPath', () => {
  const folder = createMockDirectory({
    content: { one: {}, two: { mkdocs: '#!/bin/sh\n' } },
  });
  const path = `${folder.resolve('one')}:${folder.resolve('two')}`;

  it('finds a program that may be started, and no other', async () => {
    await expect(isOnPath('mkdocs', path)).resolves.toBe(false);
    await chmod(folder.resolve('two/mkdocs'), 0o755);
    await expect(
      Promise.all([
        isOnPath('mkdocs', path),
        isOnPath('nothing', path),
        isOnPath('mkdocs', ''),
        isOnPath('mkdocs', undefined),
      ]),
    ).resolves.toEqual([true, false, false, false]);
  });
});
