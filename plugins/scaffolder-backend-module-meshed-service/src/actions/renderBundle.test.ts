import { parseAllDocuments } from 'yaml';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

const step = aStep({ repositories: `${aFolder()}/repositories` });
const id = 'meshedService:bundle:render';

describe('meshedService:bundle:render', () => {
  it('shows every object, the same in a dry run', async () => {
    const { output } = await step.run(id, { service: aRequest() });
    const dry = await step.run(id, { service: aRequest() }, { isDryRun: true });

    expect(output).toMatchObject({
      objects: expect.arrayContaining([
        'Namespace cart',
        'ServiceAccount cart/cart',
        'Server cart/cart.grpc',
      ]),
      files: expect.arrayContaining([
        'manifests/mesh/00-namespace-cart.yaml',
        'manifests/mesh/kustomization.yaml',
      ]),
    });
    expect(
      parseAllDocuments(String(output.manifests)).map(document =>
        document.get('kind'),
      ),
    ).toEqual((output.objects as string[]).map(object => object.split(' ')[0]));
    expect(dry.output).toEqual(output);
  });
});
