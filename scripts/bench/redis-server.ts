/** A real redis-server for the bench, where this machine has one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { freePort } from '../lib/free-port';
import { onPath } from '../lib/on-path';
import { closeAtEnd } from '../lib/process-end';

export interface RedisServer {
  port: number;
  /** How many commands it has processed. */
  commands(): Promise<number>;
  close(): Promise<void>;
}

export const HOW_TO_GET_REDIS =
  'Install redis-server (Debian: apt-get install redis-server; macOS: brew install redis).';

/** `undefined` where there is none. */
export async function startRedis(): Promise<RedisServer | undefined> {
  if (onPath(['redis-server']).length === 0) return undefined;
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const end = closeAtEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });
  while (
    !(await commandsOf(port).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('redis-server ended');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    commands: () => commandsOf(port),
    close: end,
  };
}

/** By INFO, in Redis's own protocol. */
function commandsOf(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('INFO stats\r\n'));
    let reply = '';
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      reply += chunk.toString();
      const [, count] = /total_commands_processed:(\d+)/.exec(reply) ?? [];
      if (count === undefined) return;
      resolve(Number(count));
      socket.destroy();
    });
  });
}
