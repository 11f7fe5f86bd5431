/** The cloud through Tencent's management API, by `@cloudbase/manager-node`. */
import { createRequire } from 'node:module';
import { text } from '../lib/language';
import type { CollectionResource } from '../project/resources';
import {
  CloudApiError,
  type Cloud,
  type CollectionState,
  type FunctionState,
  type WantedFunction,
} from './cloud';
import { MANAGEMENT_LIBRARY } from './management-library';
import {
  apiError,
  recordFrom,
  functionOf,
  functionStateOf,
  indexCreationOf,
  indexOf,
  recordsFrom,
  textFrom,
  type UnknownRecord,
} from './manager-words';
import { sleep, withRetry, type Wait } from './retry';

export interface Credentials {
  secretId: string;
  secretKey: string;
  token?: string;
}

/** The parts of manager-node that are used. */
interface Manager {
  database: {
    listCollections(page: { MgoLimit: number; MgoOffset: number }): Promise<UnknownRecord>;
    createCollection(name: string): Promise<unknown>;
    describeCollection(name: string): Promise<UnknownRecord>;
    updateCollection(name: string, indexes: object): Promise<unknown>;
  };
  permission: {
    describeResourcePermission(options: object): Promise<UnknownRecord>;
    modifyResourcePermission(options: object): Promise<unknown>;
  };
  functions: {
    getFunctionDetail(name: string): Promise<UnknownRecord>;
    createFunction(options: object): Promise<unknown>;
    deleteFunction(name: string): Promise<unknown>;
    updateFunctionCode(options: object): Promise<unknown>;
    updateFunctionConfig(options: object): Promise<unknown>;
    createFunctionTriggers(name: string, triggers: readonly object[]): Promise<unknown>;
    deleteFunctionTrigger(name: string, trigger: string): Promise<unknown>;
    invokeFunction(name: string): Promise<UnknownRecord>;
  };
  currentEnvironment(): { lazyInit(): Promise<unknown> };
}

const PAGE = 100;
const POLL_MS = 500;
/** Three minutes, and the time of the requests themselves. */
const POLLS = 360;

/**
 * @param environment whose HTTPS_PROXY, if any, is the way to the internet
 * @param wait between two looks at what is being updated, and before a request is made again
 */
export async function openManagedCloud(
  credentials: Credentials,
  envId: string,
  environment: Readonly<Record<string, string | undefined>>,
  wait: Wait = sleep,
): Promise<Cloud> {
  const load = createRequire(`${MANAGEMENT_LIBRARY.dir}/package.json`);
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'];
  const ManagerNode = load('@cloudbase/manager-node') as new (options: object) => Manager;
  const manager = new ManagerNode({ ...credentials, envId, ...(proxy !== undefined && { proxy }) });
  const { database, functions, permission } = manager;

  const ask = <T>(doing: string, run: () => Promise<T>): Promise<T> =>
    withRetry(async () => {
      try {
        return await run();
      } catch (cause) {
        throw apiError(cause, doing);
      }
    }, wait);

  /** `undefined` where there is none. */
  async function readFunction(name: string): Promise<FunctionState | undefined> {
    try {
      return functionStateOf(
        await ask(text({ zh: `读取云函数 ${name} `, en: `reading the function ${name}` }), () =>
          functions.getFunctionDetail(name),
        ),
      );
    } catch (error) {
      if (error instanceof CloudApiError && error.code.startsWith('ResourceNotFound'))
        return undefined;
      throw error;
    }
  }

  /** Waits: a function that is being updated can't be changed or called. */
  async function settled(name: string): Promise<void> {
    for (let polled = 0; ; polled++) {
      const state = await readFunction(name);
      if (state === undefined || state.status === 'Active') return;
      if (/Failed/.test(state.status)) {
        throw new CloudApiError(
          state.status,
          text({
            zh: `云函数 ${name} 的状态是 ${state.status}`,
            en: `the function ${name} is ${state.status}`,
          }),
          text({ zh: `等待云函数 ${name} `, en: `waiting for ${name}` }),
        );
      }
      if (polled === POLLS) {
        throw new CloudApiError(
          'Timeout',
          text({
            zh: `云函数 ${name} 一直是 ${state.status} 状态`,
            en: `the function ${name} is still ${state.status}`,
          }),
          text({ zh: `等待云函数 ${name} `, en: `waiting for ${name}` }),
        );
      }
      await wait(POLL_MS);
    }
  }

  async function collectionNames(): Promise<Set<string>> {
    const names = new Set<string>();
    for (let offset = 0; ; offset += PAGE) {
      const page = await ask(text({ zh: '列出集合', en: 'listing the collections' }), () =>
        database.listCollections({ MgoLimit: PAGE, MgoOffset: offset }),
      );
      const listed = recordsFrom(page['Collections']).map((item) =>
        textFrom(item['CollectionName']),
      );
      for (const name of listed) names.add(name);
      if (listed.length < PAGE) return names;
    }
  }

  async function readCollections(wanted: readonly string[]): Promise<Map<string, CollectionState>> {
    const existing = await collectionNames();
    const there = wanted.filter((name) => existing.has(name));
    if (there.length === 0) return new Map();
    const { Data: data } = await ask(
      text({ zh: '读取集合的权限', en: 'reading the permissions' }),
      () => permission.describeResourcePermission({ resourceType: 'collection', resources: there }),
    );
    const permissions = new Map(
      recordsFrom(recordFrom(data)['PermissionList']).map((item) => [
        textFrom(item['Resource']),
        textFrom(item['Permission']),
      ]),
    );
    const states = new Map<string, CollectionState>();
    for (const name of there) {
      const described = await ask(
        text({ zh: `读取集合 ${name} `, en: `reading the collection ${name}` }),
        () => database.describeCollection(name),
      );
      states.set(name, {
        permission: permissions.get(name) ?? 'unknown',
        indexes: recordsFrom(described['Indexes']).map(indexOf),
      });
    }
    return states;
  }

  await ask(text({ zh: '读取环境', en: 'reading the environment' }), () =>
    manager.currentEnvironment().lazyInit(),
  );
  return {
    async read(functionNames, wantedCollections) {
      const found = new Map<string, FunctionState>();
      for (const name of functionNames) {
        const state = await readFunction(name);
        if (state !== undefined) found.set(name, state);
      }
      return { functions: found, collections: await readCollections(wantedCollections) };
    },
    async createCollection(name) {
      await ask(
        text({ zh: `创建集合 ${name} `, en: `creating the collection ${name}` }),
        async () => {
          // An answer that was lost: it may be there by now.
          if (!(await collectionNames()).has(name)) await database.createCollection(name);
        },
      );
    },
    async setPermission({ name, permission: wanted }: CollectionResource) {
      await ask(
        text({ zh: `设置集合 ${name} 的权限`, en: `setting the permission of ${name}` }),
        () =>
          permission.modifyResourcePermission({
            resourceType: 'collection',
            resource: name,
            permission: wanted,
          }),
      );
    },
    async createIndex(collection, index, replaces) {
      await ask(
        text({
          zh: `创建集合 ${collection} 的索引 ${index.name} `,
          en: `creating the index ${index.name} of ${collection}`,
        }),
        async () => {
          const described = await database.describeCollection(collection);
          const there = recordsFrom(described['Indexes']).find(({ Name }) => Name === index.name);
          if (there !== undefined && !replaces) return;
          await database.updateCollection(collection, {
            ...(there !== undefined && { DropIndexes: [{ IndexName: index.name }] }),
            CreateIndexes: [indexCreationOf(index)],
          });
        },
      );
    },
    async createFunction(wanted) {
      const { name } = wanted.resource;
      await ask(
        text({ zh: `创建云函数 ${name} `, en: `creating the function ${name}` }),
        async () => {
          if ((await readFunction(name)) !== undefined) return;
          await functions.createFunction({ func: functionOf(wanted), base64Code: wanted.zip() });
        },
      );
      await settled(name);
    },
    async deleteFunction(name) {
      await ask(
        text({ zh: `删除云函数 ${name} `, en: `deleting the function ${name}` }),
        async () => {
          if ((await readFunction(name)) !== undefined) await functions.deleteFunction(name);
        },
      );
    },
    async updateCode(wanted) {
      const { name } = wanted.resource;
      await settled(name);
      await ask(
        text({ zh: `上传云函数 ${name} 的代码`, en: `uploading the code of ${name}` }),
        () => functions.updateFunctionCode({ func: functionOf(wanted), base64Code: wanted.zip() }),
      );
      await settled(name);
    },
    async updateConfig(wanted) {
      const { name } = wanted.resource;
      await settled(name);
      await ask(
        text({ zh: `更新云函数 ${name} 的配置`, en: `configuring the function ${name}` }),
        () => functions.updateFunctionConfig(functionOf(wanted)),
      );
      await settled(name);
    },
    async setTimer({ resource: { name, timer } }: WantedFunction) {
      if (timer === undefined) return;
      await ask(
        text({
          zh: `设置云函数 ${name} 的定时触发器 ${timer.name} `,
          en: `setting the trigger ${timer.name} of ${name}`,
        }),
        async () => {
          const { timers = {} } = (await readFunction(name)) ?? {};
          if (timers[timer.name] === timer.cron) return;
          // One trigger for each function is all there may be.
          for (const old of Object.keys(timers)) await functions.deleteFunctionTrigger(name, old);
          await functions.createFunctionTriggers(name, [
            { name: timer.name, type: 'timer', config: timer.cron },
          ]);
        },
      );
    },
    async invoke(name) {
      const answer = await ask(text({ zh: `调用云函数 ${name} `, en: `calling ${name}` }), () =>
        functions.invokeFunction(name),
      );
      return textFrom(answer['RetMsg']);
    },
  };
}
