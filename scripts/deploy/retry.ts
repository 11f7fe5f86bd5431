import { CloudApiError } from './cloud';

/** The cloud asks to wait, or is at work on the same thing. */
const PASSING =
  /^(RequestLimitExceeded|InternalError|ResourceUnavailable|ETIMEDOUT|ECONNRESET|EAI_AGAIN|FailedOperation\.(FunctionStatusError|Conflict|.*Updating))/;
const TRIES = 6;
const FIRST_WAIT_MS = 500;

export type Wait = (ms: number) => Promise<void>;

export const isPassing = (error: unknown): boolean =>
  error instanceof CloudApiError && PASSING.test(error.code);

/** Retries failures that may pass, after a wait that doubles each time. */
export async function withRetry<T>(run: () => Promise<T>, wait: Wait = sleep): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await run();
    } catch (error) {
      if (!isPassing(error) || tried === TRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** (tried - 1));
    }
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
