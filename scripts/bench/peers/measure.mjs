/**
 * What every process that is measured does: takes its actions through the same cycles, and answers
 * over IPC. Sign in, three checks, sign out; times in milliseconds.
 */

/**
 * @typedef {{ login(person: string): Promise<string>, check(token: string): Promise<boolean>,
 * logout(token: string): Promise<boolean> }} Actions
 */

/**
 * @param {Actions} actions
 * @param operations counts those of a database in this process
 */
export function serve(actions, operations = () => undefined) {
  process.on('message', (message) => {
    if (message === 'operations') {
      process.send({ operations: operations() });
      return;
    }
    const { cycles, concurrency } = message;
    run(actions, cycles, concurrency).then(
      (result) => process.send(result),
      (error) => process.send({ error: String(error?.stack ?? error) }),
    );
  });
  process.send('ready');
}

async function run(actions, cycles, concurrency) {
  const durations = { login: [], check: [], logout: [] };
  const timed = async (name, argument) => {
    const startedAt = performance.now();
    const answer = await actions[name](argument);
    durations[name].push(performance.now() - startedAt);
    if (!answer) throw new Error(`${name} was refused`);
    return answer;
  };
  let next = 0;
  const worker = async () => {
    while (next < cycles) {
      const token = await timed('login', `oPerson-${next++}`);
      for (let i = 0; i < 3; i += 1) await timed('check', token);
      await timed('logout', token);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsedMs = performance.now() - startedAt;
  return { durations, elapsedMs, memoryMiB: process.memoryUsage.rss() / 2 ** 20 };
}
