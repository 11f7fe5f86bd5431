/**
 * What a function shows when it calls WeChat's open interfaces (云调用). The platform puts it into the
 * environment of each call, and it tells which call it is.
 */
const PREFIX = 'local-api-token-';

export function apiTokenFor(requestId: string): string {
  return PREFIX + requestId;
}

/** The request id of the call to which the token was given; `undefined` for anything else. */
export function requestIdOf(token: string): string | undefined {
  return token.startsWith(PREFIX) ? token.slice(PREFIX.length) : undefined;
}
