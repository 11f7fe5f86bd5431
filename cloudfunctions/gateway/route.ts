/** What makes one route different from the others. */
import type { Context } from 'hono';
import type { Reply } from '../shared/session/contract';
import type { OpenCall } from '../shared/session/function-entry';

export interface GatewayBindings {
  Bindings: {
    /** Where the request comes from, if the cloud says so. */
    clientAddress?: string | undefined;
    isTooLarge?: boolean;
  };
  Variables: {
    /** A route handles it, and writes the log line. */
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
  /** For answers that are not the reply as JSON. */
  respond?: (reply: Reply<object>, now: Date) => Response;
}
