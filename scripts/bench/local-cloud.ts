/** Operations of the local cloud's database, over HTTP. */
import { EJSON } from 'bson';
import { build } from '../build';
import { HttpClient } from './http-client';
import { startLocalCloud } from './local-cloud-process';
import { measure, measureAtRate, printTable, type Timing } from './measure';

const OPERATIONS = 8_000;
const DOCUMENTS = 1_000;
const CONNECTIONS = 16;
/** Operations a second: half of what it must be able to do. */
const CALM_RATE = 1_000;

const ejson = (value: object): string => EJSON.stringify(value, { relaxed: false });
const action = (name: string, body: object): string =>
  JSON.stringify({ action: `database.${name}`, collectionName: 'sessions', ...body });
const document = (n: number): object => ({
  openid: `o${n}`,
  tokenHash: 'x'.repeat(43),
  state: 'active',
  device: { name: 'iPhone 15', platform: 'ios' },
  createdAt: new Date(0),
  expiresAt: new Date(n),
});

const byId = (n: number): string => ejson({ _id: `d${n % DOCUMENTS}` });
const KINDS: Readonly<Record<string, (n: number) => string>> = {
  read: (n) => action('getDocument', { query: byId(n), limit: 1 }),
  set: (n) => action('modifyDocument', { query: byId(n), data: ejson(document(n)), upsert: true }),
  'conditional update': (n) =>
    action('modifyDocument', {
      query: ejson({ _id: `d${n % DOCUMENTS}`, state: 'active' }),
      data: ejson({ $set: { renewedAt: new Date(n) } }),
      merge: true,
    }),
};
/** As sessions are used: three checks to one sign-in. */
const mixed = (n: number): string => (n % 4 === 0 ? KINDS['set'] : KINDS['read'])?.(n) ?? '';

export async function benchLocalCloud(): Promise<void> {
  await build();
  const cloud = await startLocalCloud();
  const client = new HttpClient(cloud.url, CONNECTIONS);
  try {
    const send = (make: (n: number) => string) => (n: number) => client.post('/admin', make(n));
    const rows: [string, Timing][] = [];
    await measure(2_000, CONNECTIONS, send(mixed));
    for (const [name, make] of Object.entries(KINDS)) {
      rows.push([name, await measure(OPERATIONS, CONNECTIONS, send(make))]);
    }
    const most = await measure(OPERATIONS, CONNECTIONS, send(mixed));
    rows.push(['mixed, as fast as it goes', most]);
    rows.push([
      `mixed, ${CALM_RATE} a second`,
      await measureAtRate(OPERATIONS / 2, CALM_RATE, send(mixed)),
    ]);
    printTable(
      ['operations', 'a second', 'p50 ms', 'p99 ms'],
      rows.map(([name, { throughput, p50Ms, p99Ms }]) => [name, throughput, p50Ms, p99Ms]),
    );
    console.log(`\nStart to ready: ${Math.round(cloud.readyMs)} ms.`);
  } finally {
    client.close();
    await cloud.close();
  }
}
