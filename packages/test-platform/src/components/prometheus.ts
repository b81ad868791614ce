import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { answersWell, freePorts } from '../processes';
import type { PrometheusState } from '../state';
import type { Boot } from './Boot';

/** Boots a Prometheus that scrapes whatever a test adds to its folder of targets. */
export async function bootPrometheus({
  folder,
  processes,
  tool,
}: Boot): Promise<PrometheusState> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const targets = path.join(folder, 'prometheus-targets');
  mkdirSync(targets);
  const config = path.join(folder, 'prometheus.yaml');
  writeFileSync(
    config,
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      scrape_configs: [
        {
          job_name: 'linkerd-proxy',
          honor_labels: true,
          file_sd_configs: [
            { files: [path.join(targets, '*.json')], refresh_interval: '1s' },
          ],
        },
      ],
    }),
  );
  await processes.launch({
    name: 'prometheus',
    command: tool('prometheus').command,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    ready: () => answersWell(`${url}/-/ready`),
  });
  return { url, targets };
}
