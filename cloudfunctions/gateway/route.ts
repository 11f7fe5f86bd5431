/** One route, apart from what all of them have in common. */
import type { Context } from 'hono';
import type { Reply } from '../shared/session/contract';
import type { OpenCall } from '../shared/session/function-entry';

export interface GatewayBindings {
  Bindings: {
    /** Where the request comes from, if the platform tells it. */
    clientAddress?: string | undefined;
    isTooLarge?: boolean;
  };
  Variables: {
    /** There is a route for it, which writes the line for the log. */
    isRouted?: boolean;
  };
}

export type RouteContext = Context<GatewayBindings>;

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** What the log calls it. */
  action: string;
  handle: (call: OpenCall, c: RouteContext) => Promise<Reply<object>>;
  /** Where the answer is not the reply as JSON. */
  respond?: (reply: Reply<object>, now: Date) => Response;
}
