import { bounds } from '@meshway/plugin-meshed-service-common';
import styles from './form.module.css';
import { ChoiceInput, NumberInput, TextInput } from './Input';
import { EditableList } from './List';
import type { CallDraft } from './schemas';

const kinds = [
  { value: 'port', label: 'A port in the cluster' },
  { value: 'entity', label: 'Something in the catalog' },
];
const SUGGESTED = 'meshway-callable-entities';

/** What a service calls: a port of a Kubernetes Service, or an entity of the catalog. */
export const CallsEditor = (props: {
  path: string;
  title: string;
  description?: string;
  calls: readonly CallDraft[];
  /** References that are suggested. */
  entities: readonly string[];
  onChange: (calls: CallDraft[]) => void;
}) => (
  <>
    <datalist id={SUGGESTED}>
      {props.entities.map(entity => (
        <option key={entity} value={entity} />
      ))}
    </datalist>
    <EditableList<CallDraft>
      path={props.path}
      title={props.title}
      description={props.description}
      empty="It calls nothing."
      noun="call"
      items={props.calls}
      limit={bounds.calls}
      fresh={freshPort}
      onChange={props.onChange}
    >
      {({ item, path, change, remove }) => (
        <div className={styles.entry}>
          <div className={styles.row}>
            <ChoiceInput
              path={`${path}.kind`}
              label="What"
              value={isEntity(item) ? 'entity' : 'port'}
              choices={kinds}
              onChange={kind =>
                change(kind === 'entity' ? { entityRef: '' } : freshPort())
              }
            />
            {isEntity(item) ? (
              <TextInput
                path={`${path}.entityRef`}
                label="Entity"
                required
                placeholder="component:default/checkout"
                list={SUGGESTED}
                value={item.entityRef}
                onChange={entityRef => change({ entityRef: entityRef ?? '' })}
              />
            ) : (
              <PortOfService item={item} path={path} change={change} />
            )}
            {remove}
          </div>
        </div>
      )}
    </EditableList>
  </>
);

const PortOfService = (props: {
  item: CallDraft;
  path: string;
  change: (call: CallDraft) => void;
}) => {
  const { item, path, change } = props;
  return (
    <>
      <TextInput
        path={`${path}.namespace`}
        label="Namespace"
        required
        value={item.namespace}
        onChange={namespace => change({ ...item, namespace })}
      />
      <TextInput
        path={`${path}.service`}
        label="Service"
        required
        value={item.service}
        onChange={service => change({ ...item, service })}
      />
      <NumberInput
        path={`${path}.port`}
        label="Port"
        required
        value={item.port}
        onChange={port => change({ ...item, port })}
      />
    </>
  );
};

/** The key is there as soon as the kind is chosen: an entry says itself which kind it is. */
function isEntity(call: CallDraft): boolean {
  return call.entityRef !== undefined;
}

function freshPort(): CallDraft {
  return { namespace: undefined };
}
