/**
 * The connections of an instance to the database: kept between operations, which saves a round trip
 * each, and never used once the instance may have been frozen: by then the server has closed them,
 * and a sign-in would fail.
 *
 * The SDK opens a connection for each operation on Node 16 and 18, and keeps them on Node 20, where
 * `http.globalAgent` does. Its own option `keepalive` does not resend an operation that met a
 * closed connection (it means to, by a count that is never set: `@cloudbase/node-sdk` 3.17,
 * request-core.js).
 */
import http from 'node:http';
import https from 'node:https';

/** Far below what servers wait before they close an idle connection. */
export const MAX_IDLE_MS = 1_000;

export interface Connections {
  /** To be called at the start of each call: closes connections that have been idle too long. */
  refresh(): void;
}

/** Makes every HTTP request of this process keep its connection. */
export function keepConnections(now: () => number = Date.now): Connections {
  let lastUsedAt = 0;
  const agents = [
    (http.globalAgent = new http.Agent({ keepAlive: true })),
    (https.globalAgent = new https.Agent({ keepAlive: true })),
  ];
  for (const agent of agents) {
    // A request has ended; its connection is free for the next.
    agent.on('free', () => {
      lastUsedAt = now();
    });
  }
  return {
    refresh() {
      if (now() - lastUsedAt <= MAX_IDLE_MS) return;
      for (const { freeSockets } of agents)
        for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
    },
  };
}
