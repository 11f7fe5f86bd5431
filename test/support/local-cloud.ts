/** A local cloud of a test's own: a free port, a folder that goes away, the functions as they are deployed. */
import { EJSON } from 'bson';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import type { CollectionResource } from '../../scripts/project/resources';
import type { CallRecord } from '#local-cloud/testing';

export interface Caller {
  openid?: string;
  appid?: string;
  unionid?: string;
  source?: string;
}

export type Answer = Record<string, unknown>;

export interface TestCloud {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Calls a function as this person, and gives its `result`. Fails the test when the platform gave an error. */
  call(name: string, caller: Caller, data: unknown): Promise<Answer>;
  /** The platform's own answer to a call. */
  callRaw(name: string, caller: Caller, data: unknown): Promise<Answer>;
  control(body: object): Promise<void>;
  /** Every document of a collection, as the database holds it. */
  documents(collection: string): Promise<Answer[]>;
  admin(body: object): Promise<Answer>;
  /** @param since the id of a call: those after it only */
  calls(since?: number): Promise<CallRecord[]>;
  lastCall(): Promise<CallRecord>;
  callsUnderWay(): Promise<number>;
  close(): Promise<void>;
}

export interface TestCloudOptions {
  /** Whether the timers of config.json fire. */
  timers?: boolean;
  /** Environment variables of every function of the project, as a deployment would set them. */
  environment?: Record<string, string>;
  /** Environment variables of single functions. */
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  duplicateKeyCode?: 'DATABASE_DUPLICATE_WRITE' | 'DATABASE_REQUEST_FAILED';
  /** Another folder of functions than the project's. */
  functionsDir?: string;
  collections?: readonly (string | CollectionResource)[];
  /** Of one function, at once. Each is a process, whose start takes a tenth of a second of a processor. */
  maxInstances?: number;
}

/** The people of a test sign in more often than anybody would. What a test says of a function itself takes the place of this. */
const SIGN_INS_WITHOUT_END = {
  login: { LOGINS_PER_MINUTE: '1000000' },
  gateway: { LOGINS_PER_MINUTE: '1000000' },
};

const PATIENCE_SECONDS = 120;
const BUILT_FUNCTIONS = resolve(__dirname, '../../dist/cloudfunctions');

export async function openCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'test-cloud-'));
  const functions =
    options.functionsDir ??
    (await patientFunctions(join(folder, 'functions'), options.environment ?? {}));
  const dataDir = join(folder, 'data');
  const cloud = await createLocalCloud({
    port: 0,
    dataDir,
    functionsDir: functions,
    collections: options.collections ?? ['sessions', 'notes', 'profiles', 'gateway_counters'],
    // A test fires them when it wants to.
    timers: options.timers ?? false,
    functionVariables: { ...SIGN_INS_WITHOUT_END, ...options.functionVariables },
    ...(options.maxInstances !== undefined && { maxInstances: options.maxInstances }),
    ...(options.duplicateKeyCode && { duplicateKeyCode: options.duplicateKeyCode }),
  });
  return testCloud(cloud, dataDir, async () => {
    await cloud.close();
    await rm(folder, { recursive: true });
  });
}

/**
 * The built functions with these variables in their config.json, and with more time than they are deployed with: how long one
 * takes on a machine that does other things too is not what tests are about.
 */
async function patientFunctions(
  folder: string,
  environment: Record<string, string>,
): Promise<string> {
  for (const name of await readdir(BUILT_FUNCTIONS)) {
    const built = join(BUILT_FUNCTIONS, name, 'index.js');
    if (!existsSync(built)) continue;
    const config = JSON.parse(
      await readFile(join(BUILT_FUNCTIONS, name, 'config.json'), 'utf8'),
    ) as { envVariables?: object };
    const envVariables = { ...config.envVariables, ...environment };
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(
      join(folder, name, 'config.json'),
      JSON.stringify({ ...config, timeout: PATIENCE_SECONDS, envVariables }),
    );
    // The bundles are too big to be copied for every cloud.
    await writeFile(
      join(folder, name, 'index.js'),
      `module.exports = require(${JSON.stringify(built)});\n`,
    );
  }
  return folder;
}

function testCloud(cloud: LocalCloud, dataDir: string, close: () => Promise<void>): TestCloud {
  const post = async (
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${cloud.url}${path}`, { method: 'POST', body, headers });
    return (await response.json()) as Answer;
  };
  const admin = (body: object): Promise<Answer> => post('/admin', JSON.stringify(body));
  const callRaw = (name: string, caller: Caller, data: unknown): Promise<Answer> =>
    post(`/functions/${name}`, JSON.stringify(data), headersOf(caller));
  const callLog = async (since = 0): Promise<{ calls: CallRecord[]; running: number }> => {
    const response = await fetch(`${cloud.url}/calls?since=${since}`);
    return (await response.json()) as { calls: CallRecord[]; running: number };
  };
  const calls = async (since?: number): Promise<CallRecord[]> => (await callLog(since)).calls;
  return {
    url: cloud.url,
    port: cloud.port,
    dataDir,
    callRaw,
    async call(name, caller, data) {
      const answer = await callRaw(name, caller, data);
      if (!('result' in answer)) throw new Error(`${name} failed: ${JSON.stringify(answer)}`);
      return answer['result'] as Answer;
    },
    async control(body) {
      const answer = await post('/control', JSON.stringify(body));
      if ('error' in answer) throw new Error(String(answer['error']));
    },
    async documents(collectionName) {
      const answer = await admin({ action: 'database.getDocument', collectionName, limit: 1000 });
      const { list } = answer['data'] as { list: string[] };
      return list.map((text) => EJSON.parse(text) as Answer);
    },
    admin,
    calls,
    async lastCall() {
      const last = (await calls()).at(-1);
      if (last === undefined) throw new Error('there was no call');
      return last;
    },
    callsUnderWay: async () => (await callLog()).running,
    close,
  };
}

function headersOf({ openid, appid, unionid, source }: Caller): Record<string, string> {
  return {
    ...(openid !== undefined && { 'x-wx-openid': openid }),
    ...(appid !== undefined && { 'x-wx-appid': appid }),
    ...(unionid !== undefined && { 'x-wx-unionid': unionid }),
    ...(source !== undefined && { 'x-wx-source': source }),
  };
}
