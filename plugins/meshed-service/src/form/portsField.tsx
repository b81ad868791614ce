import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { summarize, visibleProblems } from './fieldProblems';
import { PortsEditor } from './PortsEditor';
import { Problems } from './Problems';
import { ports, type PortDraft } from './schemas';

const PATH = 'ports';

const PortsField = (props: FieldExtensionComponentProps<PortDraft[]>) => {
  const { formData = [], onChange, schema, rawErrors } = props;
  return (
    <Problems.Provider
      value={visibleProblems({ ports: formData }, PATH, rawErrors)}
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

/** `MeshedServicePorts`: ports with their probes and, where they differ, their clients. */
export const portsField = createFormField({
  name: 'MeshedServicePorts',
  component: PortsField,
  schema: ports,
  validation: (value, field) =>
    summarize({ ports: value }, PATH).forEach(sentence =>
      field.addError(sentence),
    ),
});
