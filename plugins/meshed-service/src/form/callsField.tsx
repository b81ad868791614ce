import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useEffect, useState } from 'react';
import { CallsEditor } from './CallsEditor';
import { summarize, visibleProblems } from './fieldProblems';
import { Problems } from './Problems';
import { calls, type CallDraft } from './schemas';

const PATH = 'calls';
/** More than anybody scrolls through; whoever is missing can be typed. */
const SUGGESTIONS = 500;

const CallsField = (props: FieldExtensionComponentProps<CallDraft[]>) => {
  const { formData = [], formContext, onChange, schema, rawErrors } = props;
  return (
    // A call is one of two shapes, so a half-typed one matches neither: nothing is said before the page is refused.
    <Problems.Provider
      value={
        rawErrors.length > 0
          ? visibleProblems(
              { ...formContext?.formData, calls: formData },
              PATH,
              rawErrors,
            )
          : []
      }
    >
      <CallsEditor
        path={PATH}
        title={schema.title ?? 'Calls'}
        description={schema.description}
        calls={formData}
        entities={useCallableEntities()}
        onChange={changed => onChange(changed)}
      />
    </Problems.Provider>
  );
};

/** What the catalog knows that can be called. Suggestions only: without them everything still works. */
function useCallableEntities(): string[] {
  const catalog = useApi(catalogApiRef);
  const [entities, setEntities] = useState<string[]>([]);
  useEffect(() => {
    let ended = false;
    catalog
      .getEntities({
        filter: { kind: ['component', 'api', 'resource'] },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
        limit: SUGGESTIONS,
      })
      .then(
        ({ items }) =>
          !ended && setEntities(items.map(item => stringifyEntityRef(item))),
        () => {},
      );
    return () => {
      ended = true;
    };
  }, [catalog]);
  return entities;
}

const validation: CustomFieldValidator<CallDraft[]> = (
  value,
  field,
  { formData },
) =>
  summarize({ ...formData, calls: value }, PATH).forEach(sentence =>
    field.addError(sentence),
  );

/** `MeshedServiceCalls`: what a service calls, in the cluster or in the catalog. */
export const callsFieldParts = {
  name: 'MeshedServiceCalls',
  component: CallsField,
  schema: calls,
  validation,
};

/** As the app takes it. */
export const callsField = createFormField(callsFieldParts);
