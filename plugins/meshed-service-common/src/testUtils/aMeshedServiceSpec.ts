import {
  parseMeshedServiceSpec,
  type MeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';

/** What a team may write, at its shortest: everything else has a default. @public */
export function aMeshedServiceInput(
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    name: 'payments-api',
    owner: 'payments',
    cluster: 'local',
    workload: { image: 'ghcr.io/acme/payments-api:1.4.2' },
    ...overrides,
  };
}

/**
 * A spec that went through the door. It has one port of protocol HTTP/1 unless the overrides say otherwise.
 * @param overrides - fields as a team would write them; each replaces the whole field.
 *
 * @public
 */
export function aMeshedServiceSpec(
  overrides: Record<string, unknown> = {},
): MeshedServiceSpec {
  return parseMeshedServiceSpec(
    aMeshedServiceInput({
      ports: [{ name: 'http', port: 8080 }],
      ...overrides,
    }),
  );
}
