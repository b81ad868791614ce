import {
  admit,
  formatServiceRef,
  MeshedServiceSpec,
  names,
  renderBundle,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import {
  GuardrailViolationError,
  MeshedServicePublishing,
} from '@meshway/plugin-meshed-service-node';
import type { StepReceipt } from './receipt';

/** What a writing step can say without asking anybody: the request is read, rendered and judged, and nothing leaves. */
export async function checkWithoutWriting(
  spec: MeshedServiceSpec,
  publishing: MeshedServicePublishing,
): Promise<StepReceipt> {
  const { objects } = renderBundle(spec, publishing.config.platform);
  const violations = admit(objects, await publishing.guardrails());
  if (violations.length > 0) throw new GuardrailViolationError(violations);
  const { repository, revision } = spec.delivery;
  const address = publishing.forge.addressOf(repository);
  const service = formatServiceRef(serviceRefOf(spec));
  return {
    service,
    entityRef: names.entityRef(spec),
    outcome: 'notWritten',
    repository,
    repositoryUrl: address.html,
    cloneUrl: address.clone,
    branch: revision,
    commit: '',
    changeId: '',
    changeUrl: '',
    receipt: `Dry run: **${service}** would be written to \`${repository}\`. Nothing was.`,
  };
}
