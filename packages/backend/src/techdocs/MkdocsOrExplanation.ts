import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderMissingMkdocs } from './renderMissingMkdocs';

/** Larger pages are named, not shown. */
const LONGEST_PAGE = 100_000;

/** Generates docs with mkdocs, or a page that says that mkdocs is missing. */
export class MkdocsOrExplanation extends TechdocsGenerator {
  constructor(
    private readonly isMkdocsInstalled: () => Promise<boolean>,
    options: { config: Config; logger: LoggerService },
  ) {
    super({
      ...options,
      scmIntegrations: ScmIntegrations.fromConfig(options.config),
    });
  }

  async run(options: GeneratorRunOptions): Promise<void> {
    if (await this.isMkdocsInstalled()) {
      await super.run(options);
      return;
    }
    options.logger.warn(
      'mkdocs was not found: docs are shown as they are written',
    );
    const siteName = options.siteOptions?.name ?? 'Docs';
    const html = renderMissingMkdocs(
      siteName,
      await readPages(join(options.inputDir, 'docs')),
    );
    const write = (file: string, text: string) =>
      writeFile(join(options.outputDir, file), text);
    await write('index.html', html);
    await write(
      'techdocs_metadata.json',
      JSON.stringify({
        site_name: siteName,
        site_description: '',
        build_timestamp: Date.now(),
        files: ['index.html', 'techdocs_metadata.json'],
      }),
    );
  }
}

async function readPages(
  folder: string,
): Promise<Array<{ file: string; text: string }>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.md'))
    .map(entry => entry.name)
    .sort((a, b) => Number(b === 'index.md') - Number(a === 'index.md'));
  return Promise.all(
    files.map(async file => ({
      file,
      text: (await readFile(join(folder, file), 'utf8')).slice(0, LONGEST_PAGE),
    })),
  );
}
