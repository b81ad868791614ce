import { bounds } from '@meshway/plugin-meshed-service-common';
import styles from './form.module.css';
import { ChoiceInput, TextInput } from './Input';
import { EditableList } from './List';
import type { ProbeDraft } from './schemas';

const kinds = [
  { value: 'http', label: 'HTTP' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'tcp', label: 'TCP' },
];

/** How Kubernetes asks on a port whether the service is well. */
export const ProbesEditor = (props: {
  path: string;
  protocol: string;
  probes: readonly ProbeDraft[];
  onChange: (probes: ProbeDraft[]) => void;
}) => (
  <EditableList<ProbeDraft>
    path={props.path}
    title="Probes"
    empty="None: Kubernetes sends traffic as soon as the container runs."
    noun="probe"
    items={props.probes}
    limit={bounds.probes}
    fresh={() => freshProbe(likelyKind(props.protocol))}
    inner
    onChange={props.onChange}
  >
    {({ item, path, change, remove }) => (
      <div className={styles.row}>
        <ChoiceInput
          path={`${path}.kind`}
          label="Kind"
          value={item.kind}
          choices={kinds}
          onChange={kind => change(freshProbe(kind))}
        />
        {item.kind === 'http' && (
          <TextInput
            path={`${path}.path`}
            label="Path"
            required
            value={item.path}
            onChange={value => change({ ...item, path: value })}
          />
        )}
        {item.kind === 'grpc' && (
          <TextInput
            path={`${path}.service`}
            label="Service"
            placeholder="the server as a whole"
            value={item.service}
            onChange={service => change({ ...item, service })}
          />
        )}
        {item.kind === 'tcp' && <span />}
        {remove}
      </div>
    )}
  </EditableList>
);

/** Each kind has fields of its own, so changing the kind starts over. */
function freshProbe(kind: string): ProbeDraft {
  return kind === 'http' ? { kind, path: '/healthz' } : { kind };
}

function likelyKind(protocol: string): string {
  if (protocol === 'gRPC') return 'grpc';
  return protocol === 'HTTP/1' || protocol === 'HTTP/2' ? 'http' : 'tcp';
}
