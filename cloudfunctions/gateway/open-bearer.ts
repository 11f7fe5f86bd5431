import type { OpenCall } from '../shared/session/function-entry';
import { openAny, type Opened, type ReadToken } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import type { GatewaySite } from './site';

/**
 * The session of a bearer token. One of a site that is not configured any more opens nothing here.
 */
export async function openBearer(
  call: OpenCall,
  token: ReadToken,
  sites: readonly GatewaySite[],
): Promise<Opened> {
  const opened = await openAny(call, token);
  const client = opened.ok ? opened.session.client : undefined;
  const isKnown = client === undefined || sites.some(({ id }) => id === client.id);
  return isKnown ? opened : refuse('SESSION_MISSING');
}
