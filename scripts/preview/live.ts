import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveState } from './bundle/build';

/** Soon: a page waits for a server that is being started again. */
const RETRY_MS = 1000;

type Listener = (state: LiveState) => void;

/**
 * Tells open pages what there is to show: everything at once, when they connect and whenever it has
 * changed. So a page that was away for long learns nothing else than one that was not.
 */
export class Live {
  readonly #listeners = new Set<Listener>();

  constructor(private readonly state: () => LiveState) {}

  tell(): void {
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }

  /** `GET /`: server-sent events, each a `LiveState`. */
  routes(): Hono {
    const app = new Hono();
    app.get('/', (context) =>
      streamSSE(context, async (stream) => {
        const send = (state: LiveState): void => {
          void stream.writeSSE({ data: JSON.stringify(state), retry: RETRY_MS });
        };
        this.#listeners.add(send);
        send(this.state());
        await new Promise<void>((resolve) => {
          stream.onAbort(resolve);
        });
        this.#listeners.delete(send);
      }),
    );
    return app;
  }
}
