import {
  formatObjectRef,
  ProvisioningPart,
  State,
  states,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import { ApplicationState } from '../../argocd';
import { partOf } from '../order';
import { ObjectDecision } from '../survey/decideObject';
import { LeftInVault } from '../survey/leftInVault';
import { VaultDecision, WantedRole } from '../vaultRole';

export type PartFinding = Verification['findings'][number];

/** @returns the worst of some states; unknown is worse than progressing and never becomes ok. */
export function worstOf(found: readonly State[]): State {
  return found.reduce<State>(
    (worst, state) =>
      states.indexOf(state) > states.indexOf(worst) ? state : worst,
    'ok',
  );
}

/** Nobody could look: that is no bad news, and no good news. */
export function unknownFinding(
  part: ProvisioningPart,
  because: string,
): PartFinding {
  return { part, state: 'unknown', message: because };
}

/** One finding for each part of the cluster's objects. */
export function objectFindings(
  decisions: readonly ObjectDecision[],
): PartFinding[] {
  const parts = new Set(
    decisions.flatMap(({ object }) => partOf(object) ?? []),
  );
  return [...parts]
    .filter(part => part !== 'argoApplication')
    .map(part =>
      findingOf(
        part,
        decisions.filter(({ object }) => partOf(object) === part),
      ),
    );
}

function findingOf(
  part: ProvisioningPart,
  decisions: readonly ObjectDecision[],
): PartFinding {
  const refused = decisions.find(({ problem }) => problem);
  if (refused?.problem) {
    const { message, fix } = refused.problem;
    return { part, state: 'degraded', message, fix, ref: refused.plan.ref };
  }
  const absent = decisions.filter(({ live }) => !live);
  if (absent.length > 0)
    return {
      part,
      state: 'missing',
      message: `${absent.length} of ${
        decisions.length
      } objects are not there: ${shown(absent)}.`,
      ref: absent[0].plan.ref,
    };
  const different = decisions.filter(({ plan }) => plan.action !== 'unchanged');
  if (different.length > 0) {
    const [{ plan }] = different;
    return {
      part,
      state: 'degraded',
      message: `${different.length} of ${
        decisions.length
      } objects are not as asked for: ${shown(different)}; first ${
        plan.fields?.join(', ') ?? plan.action
      }.`,
      ref: plan.ref,
    };
  }
  return {
    part,
    state: 'ok',
    message: `All ${decisions.length} objects are as asked for.`,
  };
}

function shown(decisions: readonly ObjectDecision[]): string {
  const names = decisions
    .slice(0, 5)
    .map(({ plan }) => formatObjectRef(plan.ref));
  return `${names.join(', ')}${decisions.length > 5 ? ', …' : ''}`;
}

export function roleFinding(
  { ref }: WantedRole,
  decision: VaultDecision | undefined,
): PartFinding {
  const part = 'vaultRole';
  switch (decision?.action) {
    case 'unchanged':
      return { part, state: 'ok', message: 'The role is as asked for.', ref };
    case 'create':
      return { part, state: 'missing', message: 'There is no role yet.', ref };
    case 'change':
      return {
        part,
        state: 'degraded',
        message: `The role is not as asked for: ${decision.fields?.join(
          ', ',
        )}.`,
        fix: 'Ensure it again.',
        ref,
      };
    case 'conflict':
      return {
        part,
        state: 'degraded',
        message: `The role belongs to ${decision.conflicts?.[0].with}.`,
        fix: 'Ask whoever runs Vault about it.',
        ref,
      };
    default:
      return unknownFinding(part, 'Vault could not be asked.');
  }
}

/** Of a service that asks for no secrets: whatever still lets it read some should not be there. */
export function noRoleFinding({ removals, unseen }: LeftInVault): PartFinding {
  const part = 'vaultRole';
  const none = 'The service asks for no secrets';
  const unwanted = removals.find(({ plan }) => plan.action === 'delete');
  if (unwanted) {
    const { ref } = unwanted.plan;
    return {
      part,
      state: 'degraded',
      message: `${none}, and ${formatObjectRef(
        ref,
      )} still lets it read some that it asked for before.`,
      fix: 'Ensure it again; where Argo CD delivers it, once that has taken away what logs in.',
      ref,
    };
  }
  const [foreign] = removals;
  if (foreign) {
    const { ref, because } = foreign.plan;
    const message = `${none}; ${formatObjectRef(ref)} stays: ${because}.`;
    return { part, state: 'ok', message, ref };
  }
  return {
    part,
    state: 'ok',
    message: unseen
      ? `${none}; Vault could not be asked whether it holds a role of before.`
      : `${none}.`,
  };
}

export function applicationFinding(
  application: ApplicationState | undefined,
): PartFinding {
  const part = 'argoApplication';
  if (!application)
    return {
      part,
      state: 'missing',
      message: 'Argo CD has no application for the service yet.',
    };
  const { ref, sync, health, messages, terminating } = application;
  const said = messages.length > 0 ? ` ${messages.slice(0, 3).join(' ')}` : '';
  if (terminating)
    return {
      part,
      state: 'degraded',
      message: `The application is being deleted.${said}`,
      ref,
    };
  return {
    part,
    state: stateOf(application),
    message: `The application is ${sync} and ${health}.${said}`,
    ref,
  };
}

function stateOf({ sync, health, messages }: ApplicationState): State {
  if (sync === 'Synced' && health === 'Healthy') return 'ok';
  if (health === 'Degraded' || health === 'Suspended') return 'degraded';
  if (sync === 'Unknown' || health === 'Unknown')
    return messages.length > 0 ? 'degraded' : 'unknown';
  return 'progressing';
}
