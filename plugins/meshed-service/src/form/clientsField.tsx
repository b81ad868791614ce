import type {
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ClientsEditor } from './ClientsEditor';
import { Problems } from './Problems';
import { clients, type ClientDraft } from './schemas';
import { summarize, visibleProblems } from './fieldProblems';

const PATH = 'clients';

const ClientsField = (props: FieldExtensionComponentProps<ClientDraft[]>) => {
  const { formData = [], formContext, onChange, schema, rawErrors } = props;
  return (
    <Problems.Provider
      value={visibleProblems(
        { ...formContext?.formData, clients: formData },
        PATH,
        rawErrors,
      )}
    >
      <ClientsEditor
        path={PATH}
        title={schema.title ?? 'Clients'}
        description={schema.description}
        empty="No client is declared. Once the phase is enforce, nobody may call."
        clients={formData}
        onChange={changed => onChange(changed)}
      />
    </Problems.Provider>
  );
};

const validation: CustomFieldValidator<ClientDraft[]> = (
  value,
  field,
  { formData },
) =>
  summarize({ ...formData, clients: value }, PATH).forEach(sentence =>
    field.addError(sentence),
  );

/** `MeshedServiceClients`: the clients of a service, one line each. */
export const clientsFieldParts = {
  name: 'MeshedServiceClients',
  component: ClientsField,
  schema: clients,
  validation,
};

/** As the app takes it. */
export const clientsField = createFormField(clientsFieldParts);
