import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAtEnd } from './process-end';

export interface TemporaryFolder {
  /** Absolute. */
  path: string;
  remove: () => Promise<void>;
}

/** A new folder, which also goes away when the process is interrupted. */
export async function makeTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  // What is being ended may still write into it.
  const options = { recursive: true, force: true, maxRetries: 10 };
  return { path, remove: closeAtEnd(() => rm(path, options)) };
}
