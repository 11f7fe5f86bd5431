/** The address in the QR code of a web page. */
import type { RouteContext } from './route';
import { isLoopback, type GatewaySite } from './site';

/**
 * Where people are sent: the configured page, else the one that this gateway serves, by the host and
 * path under which it was just asked. A caller who makes up a host gets an answer for themselves.
 */
export function verificationUri(
  c: RouteContext,
  configured: string | undefined,
  site: GatewaySite,
): string {
  if (configured !== undefined) return configured;
  const host = c.req.header('host') ?? '';
  const prefix = c.req.path.slice(0, c.req.path.indexOf('/v1/'));
  try {
    const url = new URL(`https://${host}`);
    // Some proxies name the port that goes without saying.
    if (host === '' || url.host !== host.toLowerCase().replace(/:443$/, ''))
      throw new TypeError('not a host');
    if (isLoopback(url.hostname)) url.protocol = 'http:';
    return `${url.origin}${prefix}/v1/device`;
  } catch {
    // Nobody says what this gateway is called from outside.
    return `${site.origins[0] ?? ''}/`;
  }
}
