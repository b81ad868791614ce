import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { summarize, visibleProblems } from './fieldProblems';
import { PortsEditor } from './PortsEditor';
import { Problems } from './Problems';
import { ports, type PortDraft } from './schemas';

const PATH = 'ports';

const PortsField = (props: FieldExtensionComponentProps<PortDraft[]>) => {
  const { formData = [], formContext, onChange, schema, rawErrors } = props;
  return (
    <Problems.Provider
      value={visibleProblems(
        { ...formContext?.formData, ports: formData },
        PATH,
        rawErrors,
      )}
    >
      <PortsEditor
        path={PATH}
        title={schema.title ?? 'Ports'}
        description={schema.description}
        ports={formData}
        onChange={changed => onChange(changed)}
      />
    </Problems.Provider>
  );
};

const validation: CustomFieldValidator<PortDraft[]> = (
  value,
  field,
  { formData },
) =>
  summarize({ ...formData, ports: value }, PATH).forEach(sentence =>
    field.addError(sentence),
  );

/** `MeshedServicePorts`: ports with their probes and, where they differ, their clients. */
export const portsFieldParts = {
  name: 'MeshedServicePorts',
  component: PortsField,
  schema: ports,
  validation,
};

/** As the app takes it. */
export const portsField = createFormField(portsFieldParts);
