import fs from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import {
  admit,
  defaultPlatform,
  loadGuardrailPack,
  parseMeshedServiceSpec,
  renderBundle,
} from '../index';
import { anAcceptedSpecInput } from '../testUtils';

const folder = path.resolve(__dirname, '../../../../infra/guardrails');
const baseline = () =>
  loadGuardrailPack(
    new Map(
      fs
        .readdirSync(folder)
        .map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
    ),
  );

describe('a bundle of any accepted request', () => {
  it.each([
    ['the default platform', defaultPlatform],
    [
      'a platform without linkerd-cni, with a meshed Prometheus and a policy per service',
      {
        ...defaultPlatform,
        mesh: { ...defaultPlatform.mesh, cni: false },
        vault: { ...defaultPlatform.vault, policyPerService: true },
        prometheus: { namespace: 'monitoring', serviceAccount: 'prometheus' },
      },
    ],
  ])('breaks no rule of the baseline pack on %s', (_, platform) => {
    const pack = baseline();
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec(input);
        expect(
          admit(renderBundle(spec, platform).objects, pack).map(
            ({ code, message, ref }) => [code, ref.kind, ref.name, message],
          ),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
