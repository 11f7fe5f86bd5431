/** The classic service: a code exchange and a token in Redis. The commands are counted by a real redis-server. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { startRedis } from '../bench/redis-server';
import type { PatternCosts } from './load';

const LOGIN = [
  'GET user:o',
  'DEL token:old',
  'DEL user:o',
  'SET token:new o EX 60',
  'SET user:o new EX 60',
];
const CHECK = ['GET token:new'];

/** `undefined` where there is no redis-server. */
export async function countRedisPattern(): Promise<PatternCosts | undefined> {
  const redis = await startRedis();
  if (redis === undefined) return undefined;
  // Asking is a command as well.
  let asked = 0;
  const count = async (): Promise<number> => (await redis.commands()) - ++asked;
  const costOf = async (commands: readonly string[]) => {
    const before = await count();
    await send(redis.port, commands);
    return { reads: 0, writes: 0, elsewhere: (await count()) - before, ms: 0 };
  };
  try {
    const login = await costOf(LOGIN);
    const check = await costOf(CHECK);
    return {
      name: 'code exchange and five Redis operations, on a server of your own',
      login,
      check,
    };
  } finally {
    await redis.close();
  }
}

async function send(port: number, commands: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (const command of commands) {
    socket.write(`${command}\r\n`);
    await once(socket, 'data');
  }
  socket.destroy();
}
