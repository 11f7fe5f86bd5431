/**
 * Where a request comes from, for limits that count by address: only what the cloud says.
 * `X-Forwarded-For` and the like are claims of the caller and are ignored.
 */
import { isIP } from 'node:net';

/** Headers that a caller may set and that no proxy on the way removes. */
export const CLAIMED_HEADERS: readonly string[] = ['x-forwarded-for', 'forwarded'];

/** The parts of an HTTP access event that may hold an address. */
export interface AddressSources {
  /**
   * Written by the cloud. As documented it holds no address; that of an API gateway has `sourceIp`.
   */
  requestContext: unknown;
  headers: Headers;
}

/**
 * @param header a header that only the cloud writes, to use instead of `requestContext`
 * @returns `undefined` where no address is known: a stand-in would be shared by everybody
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

/** The first half of an IPv6 address: of second halves everybody has as many as they like. */
function networkOf(address: string): string {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
