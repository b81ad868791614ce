import { bounds, protocols } from '@meshway/plugin-meshed-service-common';
import { ClientsEditor } from './ClientsEditor';
import styles from './form.module.css';
import { ChoiceInput, NumberInput, TextInput } from './Input';
import { EditableList } from './List';
import { ProbesEditor } from './ProbesEditor';
import type { PortDraft } from './schemas';

const protocolChoices = protocols.map(protocol => ({
  value: protocol,
  label: protocol,
}));

/** Every port of a service: what it speaks, how it is probed, and who may call it if not everybody who may call. */
export const PortsEditor = (props: {
  path: string;
  title: string;
  description?: string;
  ports: readonly PortDraft[];
  onChange: (ports: PortDraft[]) => void;
}) => (
  <EditableList<PortDraft>
    path={props.path}
    title={props.title}
    description={props.description}
    empty="No port is declared: nothing can be called."
    noun="port"
    items={props.ports}
    limit={bounds.ports}
    fresh={() => ({ protocol: 'HTTP/1' })}
    onChange={props.onChange}
  >
    {({ item, path, change, remove }) => (
      <div className={styles.entry}>
        <div className={styles.row}>
          <TextInput
            path={`${path}.name`}
            label="Name"
            required
            value={item.name}
            onChange={name => change({ ...item, name })}
          />
          <NumberInput
            path={`${path}.port`}
            label="Port"
            required
            value={item.port}
            onChange={port => change({ ...item, port })}
          />
          <ChoiceInput
            path={`${path}.protocol`}
            label="Protocol"
            value={item.protocol ?? 'HTTP/1'}
            choices={protocolChoices}
            onChange={protocol => change({ ...item, protocol })}
          />
          {remove}
        </div>
        <ProbesEditor
          path={`${path}.probes`}
          protocol={item.protocol ?? 'HTTP/1'}
          probes={item.probes ?? []}
          onChange={probes => change({ ...item, probes })}
        />
        <ClientsEditor
          path={`${path}.clients`}
          title="Clients of this port only"
          empty="None: the clients of the service may call this port."
          clients={item.clients ?? []}
          inner
          onChange={clients => change({ ...item, clients })}
        />
      </div>
    )}
  </EditableList>
);
