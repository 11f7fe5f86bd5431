/**
 * A web page in the developer's browser must not drive this server: neither by its own requests,
 * which carry its Origin, nor by a host name that resolves to 127.0.0.1, which shows in Host.
 */
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The latest `Host` that was right: the SDKs send the same one each time, and no `Origin`. */
let ownHost: string | undefined;

export function isOwnRequest(host: string | undefined, origin: string | undefined): boolean {
  if (host === undefined) return false;
  if (host !== ownHost) {
    if (!isLoopback(`http://${host}`)) return false;
    ownHost = host;
  }
  return origin === undefined || (isLoopback(origin) && new URL(origin).host === host);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.has(new URL(url).hostname);
}
