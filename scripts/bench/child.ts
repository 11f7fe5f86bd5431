/** A process that is measured, and the messages to it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeAtEnd } from '../lib/process-end';

export class BenchChild {
  readonly #ended: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    this.#ended = once(child, 'exit').then(() => {
      throw new Error('a process that is measured has ended');
    });
    this.#ended.catch(() => undefined);
  }

  static async start(file: string, env: Record<string, string>): Promise<BenchChild> {
    const child = fork(file, [], {
      execArgv: [],
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const started = new BenchChild(child);
    const close = closeAtEnd(() => started.close());
    child.once('exit', () => void close());
    await started.next();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @throws when the process failed */
  async ask(message: object | string): Promise<Record<string, unknown>> {
    const answer = this.next();
    this.child.send(message);
    return answer;
  }

  async close(): Promise<void> {
    this.child.kill();
    if (this.child.exitCode === null && this.child.signalCode === null)
      await once(this.child, 'exit');
  }

  private async next(): Promise<Record<string, unknown>> {
    const [message] = (await Promise.race([once(this.child, 'message'), this.#ended])) as [unknown];
    const answer = typeof message === 'object' && message !== null ? message : {};
    if ('error' in answer) throw new Error(String(answer.error));
    return answer as Record<string, unknown>;
  }
}
