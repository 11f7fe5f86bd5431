/** Holds what the gateway answers against its openapi.json. */
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020';
import { root } from '../../scripts/project/root';

interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
}

const openapi = JSON.parse(
  readFileSync(`${root}/cloudfunctions/gateway/openapi.json`, 'utf8'),
) as OpenApi;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(openapi, 'openapi');
const asked = new Set<string>();

/** Fails for a status that is not documented, and for a body of another shape. */
export function checkDocumented(
  method: string,
  path: string,
  response: Response,
  body: unknown,
): void {
  const template = path.split('?')[0]?.replace(/^\/v1\/sessions\/.+/, '/v1/sessions/{id}') ?? '';
  const operation = openapi.paths[template]?.[method];
  if (operation === undefined) return;
  asked.add(`${method} ${template}`);
  const pointer = `#/paths/${template.replaceAll('/', '~1')}/${method}/responses/${String(response.status)}`;
  const found = operation.responses[String(response.status)] as { $ref?: string } | undefined;
  if (found === undefined)
    throw new Error(`${method} ${path} ${String(response.status)} is not documented`);
  if (body === undefined) return;
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const at = found.$ref ?? pointer;
  const schema = `openapi${at}/content/${type.replaceAll('/', '~1')}/schema`;
  expect([path, response.status, ajv.validate({ $ref: schema }, body), ajv.errors]).toEqual([
    path,
    response.status,
    true,
    null,
  ]);
}

/** They have files of tests of their own. */
export const WEB_SIGN_IN_ROUTES: readonly string[] = [
  'get /v1/device',
  'post /v1/device_authorization',
  'post /v1/token',
];

/** The routes that were asked for in this file of tests, and those of the document; each sorted. */
export function documentedRoutes(): { asked: string[]; all: string[] } {
  const all = Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  return { asked: [...asked].sort(), all: all.sort() };
}
