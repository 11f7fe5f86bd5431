/**
 * Uses every part of the SDK once, and writes the outcomes as JSON into the file `OUTCOMES`. It is
 * the entry of a bundle, and runs in a process of its own against a server that answers everything,
 * whose address is in `SERVER`.
 */
import tcb from '@cloudbase/node-sdk';
import { generateKeyPairSync } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import cloud from 'wx-server-sdk';

type Loose = Record<string, (...args: unknown[]) => Loose> & PromiseLike<unknown>;

const outcomes: Record<string, unknown> = {};

async function use(part: string, run: () => unknown): Promise<void> {
  try {
    const value: unknown = await run();
    outcomes[part] = { value: describe(value) };
  } catch (error) {
    const { name, message, ...rest } = error as Error;
    outcomes[part] = { error: { name, message, ...rest } };
  }
}

/** The parts of a value that are the same in each run. */
function describe(value: unknown): unknown {
  if (value === undefined) return 'undefined';
  if (typeof value === 'function') return `function ${value.name}`;
  if (Buffer.isBuffer(value)) return `buffer ${value.toString('utf8')}`;
  if (typeof value !== 'object' || value === null) return value;
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return Object.keys(value);
  }
}

const server = process.env['SERVER'] ?? '';

/** Nothing leaves this machine: requests to the internet go to the test's server. */
https.request = (...args: unknown[]) => {
  const answered = args.find((arg) => typeof arg === 'function');
  const options = args.find((arg) => typeof arg === 'object' && !(arg instanceof URL)) ?? {};
  const [url] = args;
  const asked = typeof url === 'string' || url instanceof URL ? new URL(url) : undefined;
  const { path, method, headers } = options as http.RequestOptions;
  return http.request(
    `${server}${asked ? asked.pathname + asked.search : (path ?? '/')}`,
    { method, headers },
    answered as (reply: http.IncomingMessage) => void,
  );
};

async function main(): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  // The SDK's types have no symbol in this place.
  const environment: object = { env: cloud.DYNAMIC_CURRENT_ENV };
  cloud.init(environment);
  const sdk = cloud as unknown as Loose;
  const db = (cloud.database as unknown as () => Loose)();
  const app = tcb.init({
    env: 'local',
    secretId: 'i',
    secretKey: 'k',
    credentials: { private_key_id: 'p', private_key: privateKey, env_id: 'local' },
  }) as unknown as Loose;

  await use('the names of wx-server-sdk', () => Object.keys(cloud));
  await use('the names of node-sdk', () => Object.keys(tcb));
  await use('the names of its app', () => Object.getOwnPropertyNames(Object.getPrototypeOf(app)));
  await use('getWXContext', () => cloud.getWXContext());
  await use('createNewInstance', () => Object.keys(sdk['createNewInstance']?.({ env: 'x' }) ?? {}));
  await use('new Cloud', () => {
    const Cloud = sdk['Cloud'] as unknown as new (options: object) => Loose;
    const own = new Cloud({ resourceEnv: 'local' });
    return Object.keys(own);
  });
  await use('updateConfig', () => sdk['updateConfig']?.({ env: cloud.DYNAMIC_CURRENT_ENV }));
  await use('callFunction', () => sdk['callFunction']?.({ name: 'f', data: { a: 1 } }));
  await use('callOpenAPI', () => sdk['callOpenAPI']?.({ api: 'wxacode.get', data: { path: 'a' } }));
  await use('getOpenData', () => sdk['getOpenData']?.({ list: ['a'] }));
  await use('getVoIPSign', () => sdk['getVoIPSign']?.({ groupId: 'g', nonce: 'n', timestamp: 1 }));
  await use('getCloudCallSign', () => sdk['getCloudCallSign']?.({ a: 1 }));
  await use('signature', () => describe(sdk['signature']));
  await use('getTempFileURL', () => sdk['getTempFileURL']?.({ fileList: ['cloud://a.b/c'] }));
  await use('deleteFile', () => sdk['deleteFile']?.({ fileList: ['cloud://a.b/c'] }));
  await use('downloadFile', () => sdk['downloadFile']?.({ fileID: 'cloud://a.b/c' }));
  await use('uploadFile of a buffer', () =>
    sdk['uploadFile']?.({ cloudPath: 'a.png', fileContent: Buffer.from('abc') }),
  );
  await use('uploadFile of a stream', () =>
    sdk['uploadFile']?.({
      cloudPath: 'a.png',
      fileContent: createReadStream(__filename, { end: 10 }),
    }),
  );
  const openapi = cloud.openapi as unknown as Record<string, Loose>;
  await use('openapi', () =>
    openapi['subscribeMessage']?.['send']?.({
      touser: 'a',
      templateId: 'b',
      data: { x: { value: 1 } },
    }),
  );
  await use('openapi that answers a file', () =>
    openapi['wxacode']?.['getUnlimited']?.({ scene: 'a' }),
  );
  await use('openapi with a file', () =>
    openapi['security']?.['imgSecCheck']?.({
      media: { contentType: 'image/png', value: Buffer.from('abc') },
    }),
  );
  const pay = (cloud as unknown as Record<string, Loose>)['cloudPay'];
  await use('cloudPay', () => pay?.['unifiedOrder']?.({ body: 'a', outTradeNo: '1', totalFee: 1 }));
  const ai = (cloud as unknown as Record<string, unknown>)['ai'];
  await use('ai', () => describe(ai));

  const c = db['collection']?.('things') as Loose;
  const doc = c['doc']?.('x') as Loose;
  const command = db['command'] as unknown as Loose;
  await use('add', () =>
    c['add']?.({
      data: { at: new Date(0), deep: { a: [1, null] }, re: db['RegExp']?.({ regexp: 'a' }) },
    }),
  );
  await use('doc.get', () => doc['get']?.());
  await use('doc.set', () => doc['set']?.({ data: { a: db['serverDate']?.({ offset: 1 }) } }));
  await use('doc.update', () =>
    doc['update']?.({ data: { a: command['inc']?.(1), b: command['remove']?.() } }),
  );
  await use('doc.remove', () => doc['remove']?.());
  await use('where', () => {
    const geo = db['Geo'] as unknown as { Point: new (...args: number[]) => object };
    const found = c['where']?.({ a: command['in']?.([1]), g: new geo.Point(1, 2) });
    return found?.['limit']?.(1)['orderBy']?.('a', 'asc')['get']?.();
  });
  await use('count', () => c['count']?.());
  await use('aggregate', () =>
    c['aggregate']?.()['match']?.({ a: 1 })['group']?.({ _id: '$a' })['end']?.(),
  );
  await use('createCollection', () => db['createCollection']?.('c'));
  await use('runTransaction', () =>
    db['runTransaction']?.(async (transaction: Loose) => {
      await transaction['collection']?.('things')['doc']?.('x')['get']?.();
    }),
  );
  await use('callFunction of node-sdk', () => app['callFunction']?.({ name: 'f', data: {} }));
  await use('callContainer', () => app['callContainer']?.({ name: 'c', path: '/', method: 'GET' }));
  await use('callApis', () => app['callApis']?.({ name: 'c', path: '/', method: 'GET' }));
  await use('callWxOpenApi', () => app['callWxOpenApi']?.({ apiName: 'a', requestData: {} }));
  await use('callWxPayApi', () => app['callWxPayApi']?.({ apiName: 'a', requestData: {} }));
  await use('callCompatibleWxOpenApi', () =>
    app['callCompatibleWxOpenApi']?.({ apiName: 'a', requestData: {} }),
  );
  await use('uploadFile of node-sdk', () =>
    app['uploadFile']?.({ cloudPath: 'a', fileContent: Buffer.from('a') }),
  );
  await use('copyFile', () => app['copyFile']?.({ fileList: [{ srcPath: 'a', dstPath: 'b/a' }] }));
  await use('getFileInfo', () => app['getFileInfo']?.({ fileList: ['cloud://a.b/c'] }));
  await use('getUploadMetadata', () => app['getUploadMetadata']?.({ cloudPath: 'a' }));
  await use('getFileAuthority', () =>
    app['getFileAuthority']?.({ fileList: [{ path: 'a', type: 'read' }] }),
  );
  await use('analytics', () =>
    app['analytics']?.({ report_type: 'mall', report_data: { action_time: 1, action_type: 'a' } }),
  );
  await use('sendTemplateNotification', () =>
    app['sendTemplateNotification']?.({ notifyId: 'a', data: {}, url: 'b' }),
  );
  const auth = app['auth']?.() as Loose;
  await use('the names of auth', () => Object.keys(auth));
  await use('createTicket', () => {
    const ticket = (auth['createTicket'] as unknown as (uid: string) => string)('user-1');
    return ticket.split('.').length;
  });
  await use('getUserInfo', () => auth['getUserInfo']?.());
  await use('getEndUserInfo', () => auth['getEndUserInfo']?.('user-1'));
  await use('getClientCredential', () => auth['getClientCredential']?.());
  await use('logger', () => Object.keys(app['logger']?.() ?? {}));
  await use('models', () => describe(app['models']));
  await use('models of something', () =>
    (app['models'] as unknown as Record<string, Loose>)['post']?.['list']?.({}),
  );
  await use('models by SQL', () =>
    (app['models'] as unknown as Loose)['$runSQL']?.('select 1', {}),
  );
  await use('mysql', () => app['mysql']?.()['from']?.('t')['select']?.('*'));
  await use('rdb', () =>
    app['rdb']?.({ instance: 'a', database: 'b' })['from']?.('t')['insert']?.({ a: 1 }),
  );
  await use('ai of node-sdk', () =>
    app['ai']?.()['createModel']?.('m')['generateText']?.({ model: 'm', messages: [] }),
  );
  await use('streams of ai', async () => {
    const model = app['ai']?.()['createModel']?.('m') as Loose;
    const answer: unknown = await model['streamText']?.({ model: 'm', messages: [] });
    const { textStream } = answer as { textStream: AsyncIterable<string> };
    const parts: string[] = [];
    for await (const part of textStream) parts.push(part);
    return parts;
  });
  await use('requestClient', () => Object.keys(app['requestClient'] ?? {}));
  await use('requestClient.get', async () => {
    const get = (
      app['requestClient'] as unknown as Record<
        string,
        (options: object) => Promise<{ status: number }>
      >
    )['get'];
    return (await get?.({ url: `${server}/plain`, method: 'get', proxy: false }))?.status;
  });
  await use('an error in XML', () =>
    sdk['uploadFile']?.({ cloudPath: 'xml', fileContent: Buffer.from('a') }),
  );
  await use('through a proxy', () => {
    const proxied = tcb.init({
      env: 'local',
      secretId: 'i',
      secretKey: 'k',
      proxy: server,
    }) as unknown as Loose;
    return proxied['callFunction']?.({ name: 'f', data: {} });
  });
  await use('through a proxy, encrypted', () => {
    const options: object = { env: 'local', secretId: 'i', secretKey: 'k', proxy: server };
    return (tcb.init(options) as unknown as Loose)['callContainer']?.({ name: 'c', path: '/' });
  });
  await use('with keep-alive', () => {
    const kept = tcb.init({
      env: 'local',
      secretId: 'i',
      secretKey: 'k',
      keepalive: true,
    }) as unknown as Loose;
    return kept['callFunction']?.({ name: 'f', data: {} });
  });
  await use('request', () =>
    (tcb as unknown as Loose)['request']?.({ url: `${server}/plain`, method: 'get' }),
  );
  await use('getCloudbaseContext', () =>
    Object.keys((tcb as unknown as Loose)['getCloudbaseContext']?.() ?? {}),
  );
  // Noted by the bundle, which the test has changed for this.
  const { rareInUse = [] } = globalThis as { rareInUse?: Iterable<string> };
  writeFileSync(
    process.env['OUTCOMES'] ?? '',
    JSON.stringify({ outcomes, rareInUse: [...rareInUse] }),
  );
  process.exit(0);
}

process.on('unhandledRejection', () => undefined);
void main();
