import { aPod } from '../../../testUtils';
import { isUnreadable } from '../../readable';
import { podFromKubernetes, type Caller } from '../index';
import { outcomeOf } from './outcomes';
import { questionOf, type Request, type Result } from './requests';
import type { Timeline } from './timeline';

const object = {
  ...aPod('web', { labels: { app: 'web' } }),
  status: { podIPs: [{ ip: '10.1.0.9' }] },
};
const read = podFromKubernetes(object);
if (isUnreadable(read)) throw new Error(read.because);
const target = read;
const caller: Caller = { address: '10.1.0.7', transport: 'plaintext' };
const ok: Result = { ms: 5, status: 200, headers: { 'x-app': 'web' } };
const denied: Result = { ms: 5, status: 403, headers: {} };
const to = '10.1.0.9:8080';

function asked(
  kind: Request['request']['kind'],
  args: string[],
  results: Result[],
  atSeconds?: number,
): Request {
  const client = { pod: 'raw', address: '10.1.0.7', meshed: false };
  return { client, request: { kind, args }, results, atSeconds };
}

function outcome(request: Request, timeline: Timeline = [], grown?: string) {
  const labels = { target_ip: '10.1.0.9', target_port: '8080' };
  const evidence = grown ? [{ metric: grown, labels }] : [];
  const recorded = { target, port: 8080, caller, evidence, timeline };
  return outcomeOf(request, recorded);
}

const tightened: Timeline = [
  { atSeconds: 1, event: 'applied: Server web-http' },
  { atSeconds: 2, event: `raw begins: http -n 4 -gap 500ms ${to}` },
  { atSeconds: 3, event: 'Server accessPolicy set to deny' },
];
const down: Timeline = [
  { atSeconds: 1, event: 'policy controller stopped' },
  { atSeconds: 2, event: 'proxies started: client (ready), web (not ready)' },
  { atSeconds: 5, event: 'policy controller started' },
];

describe('outcomeOf', () => {
  it.each<[string, string | undefined, [Request, Timeline?, string?]]>([
    [
      'what was judged before the last change tells nothing of the objects',
      undefined,
      [asked('http', ['-n', '2', to], [ok, ok], 2.5), tightened],
    ],
    [
      'what came after it does',
      'forbidden',
      [asked('http', [to], [denied], 3.5), tightened],
    ],
    [
      'what ran beside it is as it was in the end',
      'forbidden',
      [
        asked(
          'http',
          ['-n', '4', '-gap', '500ms', to],
          [ok, ok, denied, denied],
          2,
        ),
        tightened,
      ],
    ],
    [
      'a proxy that was told nothing goes by its environment',
      undefined,
      [asked('http', [to], [ok], 3), down],
    ],
    ['until it is told', 'forbidden', [asked('http', [to], [denied], 9), down]],
    [
      'nobody hears of what is changed while the policy controller is down',
      undefined,
      [
        asked('http', [to], [ok], 2.5),
        [down[0], { ...tightened[0], atSeconds: 2 }, down[2]],
      ],
    ],
    ['nothing came back', undefined, [asked('http', [to], [])]],
    [
      'an echo is of the application',
      'allowed',
      [asked('tcp', [to], [{ sent: 'hello', received: 'hello' }])],
    ],
    [
      'a bad request is of the proxy where it let nobody through',
      'badRequest',
      [
        asked('tcp', [to], [{ sent: 'x', received: 'HTTP/1.1 400 Bad' }]),
        ...([[], 'tcp_open_total'] as const),
      ],
    ],
    [
      'and of the application where it did',
      'allowed',
      [
        asked('tcp', [to], [{ sent: 'x', received: 'HTTP/1.1 400 Bad' }]),
        ...([[], 'inbound_tcp_authz_allow_total'] as const),
      ],
    ],
    [
      'an end is a denial where one was counted',
      'closed',
      [
        asked('tls', [to], [{ error: 'EOF' }]),
        ...([[], 'inbound_tcp_authz_deny_total'] as const),
      ],
    ],
    [
      'and otherwise anything',
      undefined,
      [asked('tls', [to], [{ error: 'EOF' }])],
    ],
  ])('%s: %s', (_, wanted, [request, timeline, grown]) => {
    expect(outcome(request, timeline && [...timeline], grown)).toBe(wanted);
  });
});

describe('questionOf', () => {
  it('finds the pod and its port behind the name and port of a Service', () => {
    const service = {
      ...{ apiVersion: 'v1', kind: 'Service' },
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        selector: { app: 'web' },
        ports: [{ port: 80, targetPort: 'http' }],
      },
    };
    const url = 'http://web.shop.svc.cluster.local/a?b=c';
    const args = ['-h2', '-H', 'x-at: 10:30', url];
    expect(
      questionOf(asked('http', args, [ok]), [object, service], [target]),
    ).toEqual({
      target,
      port: 8080,
      question: `raw http ${url}`,
      call: {
        ...{ kind: 'http', version: 2, method: 'GET', path: '/a?b=c' },
        host: 'web.shop.svc.cluster.local',
        headers: new Map([['x-at', '10:30']]),
      },
    });
  });

  it('finds a pod by an address of either family', () => {
    const pod = { ...target, addresses: ['fd00::9'] };
    expect(
      questionOf(
        asked('tls', ['-sni', 'web', '[fd00::9]:8443'], []),
        [],
        [pod],
      ),
    ).toMatchObject({ target: pod, port: 8443, call: { kind: 'tls' } });
  });
});
