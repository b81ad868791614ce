import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { useCallback, useEffect } from 'react';
import { meshedServiceApiRef } from '../api';
import { sentenceOf, useLoadable } from '../loading';
import { objectionsToRetirement } from './retirement';
import { RetirementView } from './RetirementView';
import { text } from './schemas';
import { serviceNamed } from './serviceNamed';

const RetirementField = (props: FieldExtensionComponentProps<string>) => {
  const { formData, formContext, onChange } = props;
  const { service, namespace } = answersOf(formContext?.formData ?? {});

  // A field without a value is not validated, and this one has none of its own.
  useEffect(() => {
    if (formData === undefined) onChange('');
  }, [formData, onChange]);

  return service ? (
    <Planned entityRef={service} typed={namespace} />
  ) : (
    <RetirementView />
  );
};

const Planned = (props: { entityRef: string; typed?: string }) => {
  const { entityRef, typed } = props;
  const api = useApi(meshedServiceApiRef);
  const catalog = useApi(catalogApiRef);
  const read = useCallback(
    async (signal: AbortSignal) =>
      api.planRetirement(await serviceNamed(entityRef, catalog), { signal }),
    [api, catalog, entityRef],
  );
  return <RetirementView plan={useLoadable(read)} typed={typed} />;
};

/** The answers that the template asks for beside this field: whose service, and the typed name of its namespace. */
function answersOf({ service, namespace }: JsonObject) {
  return {
    service: typeof service === 'string' && service ? service : undefined,
    namespace: typeof namespace === 'string' ? namespace : undefined,
  };
}

const validation: CustomFieldValidator<string> = async (
  _value,
  field,
  { apiHolder, formData },
) => {
  const api = apiHolder.get(meshedServiceApiRef);
  const catalog = apiHolder.get(catalogApiRef);
  const { service, namespace } = answersOf(formData);
  if (!api || !catalog || !service) return;
  try {
    const plan = await api.planRetirement(await serviceNamed(service, catalog));
    objectionsToRetirement(plan, namespace).forEach(objection =>
      field.addError(objection),
    );
  } catch (error) {
    field.addError(
      `Nobody can say what would go, so nothing goes. ${sentenceOf(error)}`,
    );
  }
};

/**
 * `MeshedServiceRetirement`: shows what retiring the service would delete and what it would leave, before anybody confirms it.
 * A convenience, no protection: the server decides again when it deletes.
 */
export const retirementFieldParts = {
  name: 'MeshedServiceRetirement',
  component: RetirementField,
  schema: text,
  validation,
};

/** As the app takes it. */
export const retirementField = createFormField(retirementFieldParts);
