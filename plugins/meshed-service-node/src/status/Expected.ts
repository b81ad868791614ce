import {
  MeshedServiceSpec,
  observeObject,
  Observation,
  Platform,
  renderBundle,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { VaultRoleSource } from '../vault';

/** What belongs to an observation and is not seen in a cluster: what was rendered, and what Vault says. */
export class Expected {
  /** Rendering costs more than everything else about a status: a spec is rendered once. */
  private readonly bundles = new WeakMap<
    MeshedServiceSpec,
    NonNullable<Observation['bundle']>
  >();

  constructor(
    private readonly platform: Platform,
    private readonly vaultRoles?: Pick<VaultRoleSource, 'of'>,
  ) {}

  of(
    service: ServiceRef,
    spec: MeshedServiceSpec | undefined,
  ): Pick<Observation, 'bundle' | 'vaultRole'> {
    return {
      bundle: spec && this.bundleOf(spec),
      vaultRole: hasVaultRole(spec) ? this.vaultRoles?.of(service) : undefined,
    };
  }

  private bundleOf(
    spec: MeshedServiceSpec,
  ): NonNullable<Observation['bundle']> {
    const known = this.bundles.get(spec);
    if (known) return known;
    const { objects } = renderBundle(spec, this.platform);
    const bundle = objects.flatMap(object => observeObject(object) ?? []);
    this.bundles.set(spec, bundle);
    return bundle;
  }
}

/** @returns whether somebody asked for a service that takes secrets from Vault. */
export function hasVaultRole(spec: MeshedServiceSpec | undefined): boolean {
  return spec !== undefined && spec.secrets.delivery !== 'none';
}
