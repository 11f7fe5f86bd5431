import type { CheckOutcome, Place, WebSession } from './index';
import { forget, read } from './keep';
import { isOver, request, withToken } from './request';

export async function checkSession(place: Place): Promise<CheckOutcome> {
  const token = read(place);
  if (token === undefined) return { state: 'signed-out' };
  const answer = await request(place, 'session', withToken('GET', token));
  // Another tab has signed in or out meanwhile: the answer is about a token of the past.
  const now = read(place);
  if (now !== token) return { state: now === undefined ? 'signed-out' : 'unknown' };
  if (isOver(answer)) {
    forget(place, token);
    return { state: 'signed-out' };
  }
  const { session } = answer.body;
  return answer.status === 200 && typeof session === 'object' && session !== null
    ? { state: 'signed-in', session: session as WebSession }
    : { state: 'unknown' };
}
