import type { MeshedServiceSpec } from '@meshway/plugin-meshed-service-common';
import type { ServiceRequest } from '@meshway/plugin-meshed-service-node';
import { readRequest } from '../input';
import type { Terminal } from '../Terminal';

/** Stands in the stamp where no template has asked; as the portal has it. */
const noTemplate = { ref: 'template:default/none', version: '0.0.0' };

/** Reads what is asked for, as provisioning takes it. */
export async function requestFrom(
  file: string,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<{ spec: MeshedServiceSpec; request: ServiceRequest }> {
  const { spec, template = noTemplate } = await readRequest(file, terminal);
  return { spec, request: { service: spec, template } };
}
