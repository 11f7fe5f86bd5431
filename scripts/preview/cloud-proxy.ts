import type { Handler } from 'hono';

const FORWARDED = ['content-type', 'authorization', 'x-wx-openid', 'x-wx-appid', 'x-wx-source'];

/**
 * Forwards `/cloud/*` to the local cloud, without Origin, since it refuses browsers. Replies 502
 * when it cannot be reached.
 */
export function cloudProxy(cloudUrl: string): Handler {
  return async (context) => {
    const { pathname, search } = new URL(context.req.url);
    const target = `${cloudUrl}${pathname.replace(/^\/cloud/, '')}${search}`;
    const headers = new Headers();
    for (const name of FORWARDED) {
      const value = context.req.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    const { method } = context.req;
    try {
      const reply = await fetch(target, {
        method,
        headers,
        ...(method === 'GET' ? {} : { body: await context.req.arrayBuffer() }),
      });
      return new Response(await reply.arrayBuffer(), {
        status: reply.status,
        headers: { 'content-type': reply.headers.get('content-type') ?? 'application/json' },
      });
    } catch {
      return context.text('The local cloud cannot be reached.', 502);
    }
  };
}
