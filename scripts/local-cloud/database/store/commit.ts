/** Transactions of lmdb, and what becomes of one that the disk refuses. */
import type { RootDatabase } from 'lmdb';

/** The disk took nothing of a transaction, e.g. because it is full: the state is as it was before. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';

  /** @param reason of the system, in its words */
  constructor(reason: string) {
    super(
      `The database could not be written, and nothing was changed: is the disk full? (${reason})`,
    );
  }
}

/** As lmdb reports it; its reason comes a moment later, as a rejection that must not be left alone. */
interface FailedCommit {
  commitError: Promise<never>;
}

/**
 * Resolves once what `run` has written is kept. Several that come at once are written together.
 *
 * @throws NotWritten, or what `run` throws
 */
export async function commit<T>(root: RootDatabase, run: () => T): Promise<T> {
  try {
    return await root.transaction(run);
  } catch (error) {
    throw isFailedCommit(error) ? new NotWritten(await reasonOf(error)) : error;
  }
}

function isFailedCommit(error: unknown): error is FailedCommit {
  return typeof error === 'object' && error !== null && 'commitError' in error;
}

async function reasonOf({ commitError }: FailedCommit): Promise<string> {
  const reason = commitError.catch((error: unknown) => messageOf(error));
  const unknown = new Promise<string>((resolve) => {
    setImmediate(resolve, 'it does not say why');
  });
  return Promise.race([reason, unknown]);
}

/** lmdb adds which bytes it was about to write. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/: Attempting.*/s, '') : String(error);
}
