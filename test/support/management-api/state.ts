/** What the fake environment holds, and the actions of the management API on it. */

type Fields = Record<string, unknown>;

export interface FakeFunction {
  Runtime: string;
  MemorySize: number;
  Timeout: number;
  Description: string;
  Environment: { Variables: { Key: string; Value: string }[] };
  Triggers: { TriggerName: string; TriggerDesc: string; Type: string }[];
  Status: string;
  /** The zip in base64. */
  code: string;
}

export interface FakeTable {
  permission: string;
  Indexes: { Name: string; Keys: { Name: string; Direction: string }[]; Unique: boolean }[];
}

export class FakeRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class FakeEnvironment {
  readonly functions = new Map<string, FakeFunction>();
  readonly tables = new Map<string, FakeTable>();
  /** What a call of `login` returns. */
  loginAnswers = '{"ok":false,"code":"NO_IDENTITY"}';
  /** How often an updated function is still busy when it is asked for. */
  busyReads = 1;
  #busy = new Map<string, number>();

  constructor(readonly envId: string) {}

  act(action: string, body: Fields): Fields {
    const run = this.#actions[action];
    if (run === undefined) throw new FakeRefusal('InvalidAction', `the fake has no ${action}`);
    const env = body['EnvId'] ?? body['Namespace'] ?? body['ServiceId'];
    if (env !== this.envId) {
      throw new FakeRefusal('ResourceNotFound.Env', `environment ${String(env)} not found`);
    }
    return run(body);
  }

  readonly #actions: Record<string, (body: Fields) => Fields> = {
    DescribeEnvInfo: () => ({
      EnvInfo: {
        EnvBaseInfo: {
          EnvId: this.envId,
          Alias: 'test',
          Status: 'NORMAL',
          Databases: [{ InstanceId: 'tnt-fake', Status: 'RUNNING' }],
          Functions: [{ Namespace: this.envId, Region: 'ap-shanghai' }],
          Storages: [{ Region: 'ap-shanghai', Bucket: 'fake' }],
          LogServices: [{ TopicId: 'topic', LogsetId: 'logset' }],
        },
      },
    }),
    ListTables: ({ MgoLimit, MgoOffset }) => ({
      Tables: [...this.tables.keys()]
        .slice(Number(MgoOffset), Number(MgoOffset) + Number(MgoLimit))
        .map((TableName) => ({ TableName })),
    }),
    CreateTable: ({ TableName }) => {
      const name = String(TableName);
      if (this.tables.has(name)) throw new FakeRefusal('ResourceInUse', 'table exists');
      this.tables.set(name, { permission: 'PRIVATE', Indexes: [] });
      return {};
    },
    DescribeTable: ({ TableName }) => ({ Indexes: this.#table(TableName).Indexes }),
    UpdateTable: ({ TableName, CreateIndexes = [], DropIndexes = [] }) => {
      const table = this.#table(TableName);
      for (const { IndexName } of DropIndexes as { IndexName: string }[]) {
        table.Indexes = table.Indexes.filter(({ Name }) => Name !== IndexName);
      }
      for (const { IndexName, MgoKeySchema } of CreateIndexes as {
        IndexName: string;
        MgoKeySchema: {
          MgoIndexKeys: { Name: string; Direction: string }[];
          MgoIsUnique: boolean;
        };
      }[]) {
        if (table.Indexes.some(({ Name }) => Name === IndexName)) {
          throw new FakeRefusal('ResourceInUse', `index ${IndexName} exists`);
        }
        table.Indexes.push({
          Name: IndexName,
          Keys: MgoKeySchema.MgoIndexKeys,
          Unique: MgoKeySchema.MgoIsUnique,
        });
      }
      return {};
    },
    DescribeResourcePermission: ({ Resources }) => ({
      Data: {
        PermissionList: (Resources as string[]).map((Resource) => ({
          Resource,
          ResourceType: 'collection',
          Permission: this.#table(Resource).permission,
        })),
      },
    }),
    ModifyResourcePermission: ({ Resource, Permission }) => {
      this.#table(Resource).permission = String(Permission);
      return { Data: { Success: true } };
    },
    GetFunction: ({ FunctionName }) => {
      const name = String(FunctionName);
      const { code, ...detail } = this.#function(name);
      const left = this.#busy.get(name) ?? 0;
      this.#busy.set(name, left - 1);
      return {
        ...detail,
        CodeSize: code.length,
        Status: left > 0 && detail.Status === 'Active' ? 'Updating' : detail.Status,
        Triggers: detail.Triggers.map((trigger) => ({
          ...trigger,
          TriggerDesc: JSON.stringify({ cron: trigger.TriggerDesc }),
        })),
      };
    },
    CreateFunction: (body) => {
      const name = String(body['FunctionName']);
      if (this.functions.has(name)) throw new FakeRefusal('ResourceInUse.Function', 'exists');
      this.functions.set(name, {
        Runtime: String(body['Runtime']),
        MemorySize: Number(body['MemorySize']),
        Timeout: Number(body['Timeout']),
        Description: String(body['Description']),
        Environment: environmentOf(body) ?? { Variables: [] },
        Triggers: [],
        Status: 'Active',
        code: zipOf(body),
      });
      this.#busy.set(name, this.busyReads);
      return {};
    },
    DescribeCloudBaseGWAPI: () => ({ APISet: [] }),
    DeleteFunction: ({ FunctionName }) => {
      this.#function(FunctionName);
      this.functions.delete(String(FunctionName));
      return {};
    },
    UpdateFunctionCode: (body) => {
      this.#idle(body['FunctionName']).code = zipOf(body);
      this.#busy.set(String(body['FunctionName']), this.busyReads);
      return {};
    },
    UpdateFunctionConfiguration: (body) => {
      const found = this.#idle(body['FunctionName']);
      if ('Runtime' in body) throw new FakeRefusal('UnsupportedOperation', 'Runtime is fixed');
      found.MemorySize = Number(body['MemorySize'] ?? found.MemorySize);
      found.Timeout = Number(body['Timeout'] ?? found.Timeout);
      if (typeof body['Description'] === 'string') found.Description = body['Description'];
      found.Environment = environmentOf(body) ?? found.Environment;
      this.#busy.set(String(body['FunctionName']), this.busyReads);
      return {};
    },
    BatchCreateTrigger: ({ FunctionName, Triggers }) => {
      const found = this.#function(FunctionName);
      for (const trigger of JSON.parse(String(Triggers)) as FakeFunction['Triggers']) {
        if (found.Triggers.length > 0) throw new FakeRefusal('LimitExceeded.Trigger', 'one only');
        found.Triggers.push(trigger);
      }
      return {};
    },
    DeleteTrigger: ({ FunctionName, TriggerName }) => {
      const found = this.#function(FunctionName);
      found.Triggers = found.Triggers.filter((trigger) => trigger.TriggerName !== TriggerName);
      return {};
    },
    Invoke: ({ FunctionName }) => {
      this.#function(FunctionName);
      return { Result: { RetMsg: this.loginAnswers, InvokeResult: 0, ErrMsg: '' } };
    },
  };

  #function(name: unknown): FakeFunction {
    const found = this.functions.get(String(name));
    if (found === undefined) {
      throw new FakeRefusal('ResourceNotFound.FunctionName', `no function ${String(name)}`);
    }
    return found;
  }

  #idle(name: unknown): FakeFunction {
    if ((this.#busy.get(String(name)) ?? 0) > 0) {
      throw new FakeRefusal('FailedOperation.FunctionStatusError', 'the function is updating');
    }
    return this.#function(name);
  }

  #table(name: unknown): FakeTable {
    const table = this.tables.get(String(name));
    if (table === undefined) throw new FakeRefusal('ResourceNotFound', 'Db or Table not exist');
    return table;
  }
}

function environmentOf(body: Fields): FakeFunction['Environment'] | undefined {
  return body['Environment'] as FakeFunction['Environment'] | undefined;
}

function zipOf({ Code }: Fields): string {
  return (Code as { ZipFile: string }).ZipFile;
}
