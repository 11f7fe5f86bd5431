/**
 * Runs a line of code inside a cloud function, once with each of the real SDKs, so that tests can
 * take what the documentation of the cloud database shows. The code is an expression and can use
 *
 * - `db`, `_` (its command), `$` (its aggregate operators), the collections `things` and `others`,
 * - `find(query, order?)`: the documents, `ids(query, order?)`: their ids,
 * - `update(id, data)`: the document after an update,
 * - `updateWhere(query, data)`: how many documents were updated,
 * - `set(id, data)`, `add(data)`, `pipeline(build)`: the result of an aggregation.
 */
import { EJSON } from 'bson';
import type { CollectionSetup } from '#local-cloud';
import type { Answer, TestCloud } from '#local-cloud/testing';
import { openFixtureCloud } from './fixture-functions';

export const SDKS = ['wx-server-sdk', '@cloudbase/node-sdk'] as const;
export type Sdk = (typeof SDKS)[number];

const COMMON = `
  const _ = db.command;
  const $ = _.aggregate;
  const [things, others] = ['things', 'others'].map((name) => db.collection(name));
  const sorted = (query, order) =>
    order === undefined ? query : query.orderBy(order[0], order[1] ?? 'asc');
  const find = async (query = {}, order = ['_id']) =>
    (await sorted(things.where(query), order).get()).data;
  const ids = async (query, order) => (await find(query, order)).map(({ _id }) => _id);
  const one = async (id) => (await things.where({ _id: id }).get()).data[0];
  const main = async ({ code }) => {
    const scope = { db, _, $, things, others, find, ids, one, ...writing };
    try {
      const run = new Function(...Object.keys(scope), 'return (async () => (' + code + '))()');
      return { value: await run(...Object.values(scope)) };
    } catch (error) {
      const { errCode, code, errMsg, message } = error ?? {};
      return { errCode, code, message: errMsg ?? message ?? String(error) };
    }
  };
  exports.main = main;`;

const WX = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database();
  const writing = {
    update: async (id, data) => { await things.doc(id).update({ data }); return one(id); },
    updateWhere: async (query, data) => (await things.where(query).update({ data })).stats.updated,
    set: async (id, data) => { await things.doc(id).set({ data }); return one(id); },
    add: async (data) => (await things.add({ data }))._id,
    pipeline: async (build) => (await build(things.aggregate()).end()).list,
  };${COMMON}`;

const NODE = `
  const tcb = require('@cloudbase/node-sdk');
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  const db = app.database();
  const checked = (reply) => {
    if (reply.code) throw Object.assign(new Error(reply.message), { code: reply.code });
    return reply;
  };
  const writing = {
    update: async (id, data) => { checked(await things.doc(id).update(data)); return one(id); },
    updateWhere: async (query, data) => checked(await things.where(query).update(data)).updated,
    set: async (id, data) => { checked(await things.doc(id).set(data)); return one(id); },
    add: async (data) => checked(await things.add(data)).id,
    pipeline: async (build) => checked(await build(things.aggregate()).end()).data,
  };${COMMON}`;

export interface SdkRunner {
  readonly cloud: TestCloud;
  /** The value of the code, as JSON. @throws Error when the SDK fails */
  value(sdk: Sdk, code: string): Promise<unknown>;
  /** The error that the code fails with. */
  failure(sdk: Sdk, code: string): Promise<Answer>;
  /** Empties both collections and fills them. */
  seed(things: readonly object[], others?: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

export async function openSdkRunner(
  collections: readonly (string | CollectionSetup)[] = ['things', 'others'],
): Promise<SdkRunner> {
  const config = { timeout: 20 };
  const functions = { wx: { code: WX, config }, node: { code: NODE, config } };
  const cloud = await openFixtureCloud(functions, { collections });
  const run = (sdk: Sdk, code: string): Promise<Answer> =>
    sdk === 'wx-server-sdk'
      ? cloud.call('wx', {}, { code })
      : // There the shapes are classes.
        cloud.call('node', {}, { code: code.replaceAll('db.Geo.', 'new db.Geo.') });
  const insert = async (collectionName: string, documents: readonly object[]): Promise<void> => {
    if (documents.length === 0) return;
    const data = documents.map((document) => EJSON.stringify(document, { relaxed: false }));
    const reply = await cloud.admin({ action: 'database.insertDocument', collectionName, data });
    if ('code' in reply) throw new Error(JSON.stringify(reply));
  };
  return {
    cloud,
    async value(sdk, code) {
      const answer = await run(sdk, code);
      if (answer['message'] !== undefined) throw new Error(`${code}: ${JSON.stringify(answer)}`);
      return answer['value'];
    },
    async failure(sdk, code) {
      const answer = await run(sdk, code);
      if ('value' in answer || answer['message'] === undefined) {
        throw new Error(`${code} did not fail: ${JSON.stringify(answer)}`);
      }
      return answer;
    },
    async seed(things, others = []) {
      await cloud.control({ reset: true });
      await insert('things', things);
      await insert('others', others);
    },
    close: () => cloud.close(),
  };
}
