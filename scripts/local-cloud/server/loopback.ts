/**
 * A web page in the developer's browser must not drive this server: neither by its own requests,
 * which carry its Origin, nor by a host name that resolves to 127.0.0.1, which shows in Host.
 */
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function isOwnRequest(host: string | undefined, origin: string | undefined): boolean {
  if (host === undefined || !isLoopback(`http://${host}`)) return false;
  return origin === undefined || (isLoopback(origin) && new URL(origin).host === host);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.has(new URL(url).hostname);
}
