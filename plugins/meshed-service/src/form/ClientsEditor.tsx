import { bounds } from '@meshway/plugin-meshed-service-common';
import styles from './form.module.css';
import { TextInput } from './Input';
import { EditableList } from './List';
import type { ClientDraft } from './schemas';

/** Who may call, by namespace and ServiceAccount. */
export const ClientsEditor = (props: {
  path: string;
  title: string;
  description?: string;
  empty: string;
  clients: readonly ClientDraft[];
  inner?: boolean;
  onChange: (clients: ClientDraft[]) => void;
}) => (
  <EditableList<ClientDraft>
    path={props.path}
    title={props.title}
    description={props.description}
    empty={props.empty}
    noun="client"
    items={props.clients}
    limit={bounds.clients}
    fresh={() => ({})}
    inner={props.inner}
    onChange={props.onChange}
  >
    {({ item, path, change, remove }) => (
      <div className={styles.row}>
        <TextInput
          path={`${path}.namespace`}
          label="Namespace"
          required
          value={item.namespace}
          onChange={namespace => change({ ...item, namespace })}
        />
        <TextInput
          path={`${path}.serviceAccount`}
          label="ServiceAccount"
          placeholder="every one of the namespace"
          value={item.serviceAccount}
          onChange={serviceAccount => change({ ...item, serviceAccount })}
        />
        {remove}
      </div>
    )}
  </EditableList>
);
