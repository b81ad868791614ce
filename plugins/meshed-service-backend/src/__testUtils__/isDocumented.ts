import Ajv from 'ajv/dist/2019';
import type { Response } from 'supertest';
import { openApiDocument, operations } from '../openapi';

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(openApiDocument(), 'api');

const inPointer = (text: string) =>
  encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

/**
 * For supertest's `expect`: whether an answer is one that the document knows, by route, status and shape. Answers in lines
 * are left to those who read the lines.
 *
 * @throws with what differs.
 */
export function isDocumented(response: Response): void {
  const { status, type, body } = response;
  const { method, path } = Object(response).req;
  const [asked] = String(path).split('?');
  const found = operations.find(
    operation =>
      operation.method === method.toLocaleLowerCase('en-US') &&
      shapeOf(operation.path).test(asked),
  );
  if (!found || type !== 'application/json' || status === 304) return;
  const schema = ['paths', found.path, found.method, 'responses', `${status}`]
    .concat('content', type, 'schema')
    .map(inPointer)
    .join('/');
  const validate = ajv.getSchema(`api#/${schema}`);
  if (!validate)
    throw new Error(`${method} ${path}: the document knows no ${status}`);
  if (!validate(body))
    throw new Error(
      `${method} ${path} (${status}) is not as documented: ${ajv.errorsText(
        validate.errors,
      )}`,
    );
}

function shapeOf(path: string): RegExp {
  return new RegExp(
    `^/api/meshed-service${path
      .replace('{path}', '.+')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  );
}
