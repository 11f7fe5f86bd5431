import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses requests of other sites: a foreign Host is DNS rebinding, a foreign Origin another site's
 * script.
 */
export function loopbackOnly(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host');
    const origin = context.req.header('origin');
    if (host === undefined || !isLoopback(host))
      return context.text('This server answers to this machine only.', 403);
    if (origin !== undefined && origin !== `http://${host}`)
      return context.text('Foreign origin.', 403);
    return next();
  };
}

function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.replace(/:\d+$/, ''));
}
