import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { useEffect, useState } from 'react';
import { meshedServiceApiRef } from '../api';
import { nameProblems, placeOf, whoHolds, type NameInUse } from './checkName';
import { nameBudget } from './nameBudget';
import { NameInput } from './NameInput';
import { text } from './schemas';

/** Long enough to be done typing. */
const PAUSE_MILLISECONDS = 500;

const NameField = (props: FieldExtensionComponentProps<string>) => {
  const { formData: name = '', formContext, onChange, schema } = props;
  const form: JsonObject = formContext?.formData ?? {};
  const problems = name ? nameProblems(name, form) : [];
  const inUse = useNameInUse(problems.length > 0 ? '' : name, form);
  return (
    <NameInput
      id={props.idSchema.$id}
      title={schema.title ?? 'Name'}
      description={schema.description}
      required={props.required}
      disabled={props.disabled}
      name={name}
      budget={nameBudget(placeOf(form))}
      // What the page was refused for stands below the field anyway.
      problems={(inUse?.kind === 'taken' ? [inUse.message] : problems).filter(
        problem => !props.rawErrors.includes(problem),
      )}
      hint={inUse?.kind === 'ours' ? inUse.message : undefined}
      refused={props.rawErrors.length > 0}
      onChange={changed => onChange(changed || undefined)}
    />
  );
};

/** Whether the name is in use, asked when typing pauses. Not knowing is no reason to stop anybody. */
function useNameInUse(name: string, form: JsonObject): NameInUse | undefined {
  const api = useApi(meshedServiceApiRef);
  const team = useOwnTeam();
  const owner = typeof form.owner === 'string' ? form.owner : team;
  const { cluster, namespace } = placeOf(form);
  const [answer, setAnswer] = useState<{ name: string; inUse?: NameInUse }>();

  useEffect(() => {
    if (!name || !owner) return undefined;
    const ended = new AbortController();
    const asked: JsonObject = {
      owner,
      cluster,
      ...(namespace && { namespace }),
    };
    const timer = window.setTimeout(() => {
      whoHolds(name, asked, api, ended.signal).then(
        inUse => !ended.signal.aborted && setAnswer({ name, inUse }),
        () => {},
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      ended.abort();
      window.clearTimeout(timer);
    };
  }, [api, name, owner, cluster, namespace]);

  return answer?.name === name ? answer.inUse : undefined;
}

/** Whoever is signed in asks for a team of theirs, as long as no other owner is chosen. */
function useOwnTeam(): string | undefined {
  const identity = useApi(identityApiRef);
  const [team, setTeam] = useState<string>();
  useEffect(() => {
    let ended = false;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) =>
        !ended &&
        setTeam(ownershipEntityRefs.find(ref => ref.startsWith('group:'))),
      () => {},
    );
    return () => {
      ended = true;
    };
  }, [identity]);
  return team;
}

const validation: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const problems = nameProblems(name ?? '', formData);
  problems.forEach(problem => field.addError(problem));
  const api = apiHolder.get(meshedServiceApiRef);
  if (problems.length > 0 || !api) return;
  // Whether the backend can be asked is the review's business, not the name's.
  const inUse = await whoHolds(name, formData, api).catch(() => undefined);
  if (inUse?.kind === 'taken') field.addError(inUse.message);
};

/** `MeshedServiceName`: refuses what the door would refuse, and a name that somebody holds. */
export const nameFieldParts = {
  name: 'MeshedServiceName',
  component: NameField,
  schema: text,
  validation,
};

/** As the app takes it. */
export const nameField = createFormField(nameFieldParts);
