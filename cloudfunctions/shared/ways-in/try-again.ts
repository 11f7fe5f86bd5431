import type { Refusal } from '../session/contract';
import { refuse } from '../session/refusal';

const TRIES = 5;

/** Decides and writes anew while others change the same identities: then it says `changed`. */
export async function againWhileChanged<Outcome>(
  tryOnce: () => Promise<Outcome | 'changed'>,
): Promise<Outcome | Refusal> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const outcome = await tryOnce();
    if (outcome !== 'changed') return outcome;
  }
  return refuse('UNAVAILABLE');
}
