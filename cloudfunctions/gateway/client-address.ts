/**
 * Where a request comes from, for limits that count by address: only as the platform tells it. `X-Forwarded-For` and its like are
 * what the caller claims, and never looked at.
 */
import { isIP } from 'node:net';

/** Headers that a request may bring along however many proxies it passes: nobody in between takes them away. */
export const CLAIMED_HEADERS: readonly string[] = ['x-forwarded-for', 'forwarded'];

/** What is looked at in the event of HTTP access. */
export interface AddressSources {
  /** Written by the platform. What is documented of it has no address; an API gateway's has `sourceIp`. */
  requestContext: unknown;
  headers: Headers;
}

/**
 * @param header that the platform is known to write, in the place of `requestContext`
 * @returns `undefined` where no address is told: everybody would share whatever stood in its place
 */
export function clientAddressOf(
  { requestContext, headers }: AddressSources,
  header: string | undefined,
): string | undefined {
  const told = header === undefined ? sourceIpOf(requestContext) : headers.get(header);
  const address = typeof told === 'string' ? told.replace(/^::ffff:(?=\d+\.)/i, '') : '';
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? address : networkOf(address);
}

function sourceIpOf(requestContext: unknown): unknown {
  return typeof requestContext === 'object' && requestContext !== null
    ? Reflect.get(requestContext, 'sourceIp')
    : undefined;
}

/** The first half of an IPv6 address: of the other half everybody has as many as they like. */
function networkOf(address: string): string {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
