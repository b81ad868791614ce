import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { useEffect, useState } from 'react';
import { meshedServiceApiRef } from '../api';
import { nameProblems, placeOf, whoHolds } from './checkName';
import { nameBudget } from './nameBudget';
import { NameInput } from './NameInput';
import { text } from './schemas';

/** Long enough to be done typing. */
const PAUSE_MILLISECONDS = 500;

const NameField = (props: FieldExtensionComponentProps<string>) => {
  const { formData: name = '', formContext, onChange, schema } = props;
  const form: JsonObject = formContext?.formData ?? {};
  const problems = name ? nameProblems(name, form) : [];
  const heldBy = useHolder(problems.length > 0 ? '' : name, form);
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
      problems={(heldBy ? [heldBy] : problems).filter(
        problem => !props.rawErrors.includes(problem),
      )}
      refused={props.rawErrors.length > 0}
      onChange={changed => onChange(changed || undefined)}
    />
  );
};

/** Who holds the name already, asked when typing pauses. Not knowing is no reason to stop anybody. */
function useHolder(name: string, form: JsonObject): string | undefined {
  const api = useApi(meshedServiceApiRef);
  const { owner } = form;
  const { cluster, namespace } = placeOf(form);
  const [held, setHeld] = useState<{ name: string; by?: string }>();

  useEffect(() => {
    if (!name || typeof owner !== 'string') return undefined;
    const ended = new AbortController();
    const asked: JsonObject = {
      owner,
      cluster,
      ...(namespace && { namespace }),
    };
    const timer = window.setTimeout(() => {
      whoHolds(name, asked, api, ended.signal).then(
        by => !ended.signal.aborted && setHeld({ name, by }),
        () => {},
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      ended.abort();
      window.clearTimeout(timer);
    };
  }, [api, name, owner, cluster, namespace]);

  return held?.name === name ? held.by : undefined;
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
  const holder = await whoHolds(name, formData, api).catch(() => undefined);
  if (holder) field.addError(holder);
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
