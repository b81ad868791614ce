import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { defaultPlatform, type KubernetesObject } from '../model';
import { parseMeshedServiceSpec } from '../spec';
import { aMeshedServiceInput, anAcceptedSpecInput } from '../testUtils';
import { renderBundle } from './renderBundle';

/** CRDs as Linkerd 2.20 and Gateway API 1.5.1 install them: beside a checkout for development, never in it. */
const recorded = path.resolve(__dirname, '../../../../../shared/data/linkerd');
const folders = ['linkerd-crds', 'gateway-api-crds'];
const present = fs.existsSync(recorded);

type Schema = { [key: string]: unknown };
type Crd = {
  kind: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: Array<{ name: string; schema: { openAPIV3Schema: Schema } }>;
  };
};

/** An API server drops unknown fields without a word; here they are mistakes. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  return 'properties' in copy &&
    copy.type === 'object' &&
    !('x-kubernetes-preserve-unknown-fields' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

/** Every object has these, and not every CRD says so. */
function rootOf(schema: Schema): Schema {
  return {
    ...schema,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      ...(schema.properties as Schema),
    },
  };
}

function validators() {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
  });
  const crds = folders.flatMap(folder =>
    fs
      .readdirSync(path.join(recorded, folder))
      .flatMap(file =>
        parseAllDocuments(
          fs.readFileSync(path.join(recorded, folder, file), 'utf8'),
        ).map((document): Crd => document.toJS()),
      )
      .filter(({ kind }) => kind === 'CustomResourceDefinition'),
  );
  return new Map(
    crds.flatMap(({ spec }) =>
      spec.versions.map(({ name, schema }) => [
        `${spec.group}/${name} ${spec.names.kind}`,
        ajv.compile(rootOf(closed(schema.openAPIV3Schema) as Schema)),
      ]),
    ),
  );
}

const isMesh = ({ apiVersion }: KubernetesObject) =>
  /^(?:policy\.linkerd\.io|gateway\.networking\.k8s\.io)\//.test(apiVersion);

const meshObjectsOf = (input: unknown) =>
  renderBundle(parseMeshedServiceSpec(input), defaultPlatform).objects.filter(
    isMesh,
  );

/** What an API server would say to an object. CEL rules of the CRDs are not evaluated. */
function complaintsAbout(
  object: KubernetesObject,
  validate: ReturnType<typeof validators>,
): string[] {
  const kind = `${object.apiVersion} ${object.kind}`;
  const check = validate.get(kind);
  if (!check) return [`${kind}: no such version`];
  check(JSON.parse(JSON.stringify(object)));
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${kind}${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

const whereRecorded = present ? describe : describe.skip;
const absent = present ? '' : `(skipped: there is no ${recorded})`;

whereRecorded(`rendered Linkerd and Gateway API objects ${absent}`, () => {
  it('are what the CRDs of the recorded releases accept', () => {
    const validate = validators();
    const requests = fc.sample(anAcceptedSpecInput(), {
      numRuns: 300,
      seed: 1,
    });
    const objects = requests.flatMap(meshObjectsOf);
    expect(
      objects.flatMap(object => complaintsAbout(object, validate)),
    ).toEqual([]);
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([
      'AuthorizationPolicy',
      'EgressNetwork',
      'GRPCRoute',
      'HTTPLocalRateLimitPolicy',
      'HTTPRoute',
      'MeshTLSAuthentication',
      'NetworkAuthentication',
      'Server',
    ]);
  });

  it('with a field that no CRD knows are noticed', () => {
    const [server] = meshObjectsOf(
      aMeshedServiceInput({ ports: [{ name: 'http', port: 8080 }] }),
    );
    const typo = { ...server, spec: { ...(server.spec as object), prot: 1 } };
    expect(complaintsAbout(typo, validators())).toEqual([
      expect.stringContaining('"additionalProperty":"prot"'),
    ]);
  });
});
