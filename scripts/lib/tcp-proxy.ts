/** A proxy on loopback: counts connections, closes them, and delays what passes. */
import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback-server';

export interface TcpProxy {
  readonly port: number;
  /** How many connections there have been. */
  readonly connections: number;
  /** Closes every connection, as servers do with idle ones. */
  closeConnections(): void;
  close(): Promise<void>;
}

/** @param hopMs one way; opening a connection takes two, as with TCP */
export async function startTcpProxy(targetPort: number, hopMs = 0): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    open.add(client);
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    let handshakeMs = 2 * hopMs;
    pass(client, upstream, () => {
      const ms = hopMs + handshakeMs;
      handshakeMs = 0;
      return ms;
    });
    pass(upstream, client, () => hopMs);
    client.once('close', () => {
      open.delete(client);
      upstream.destroy();
    });
  });
  const { port, close } = await listenOnLoopback(server);
  const closeConnections = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    get connections() {
      return connections;
    },
    closeConnections,
    close() {
      const closed = close();
      closeConnections();
      return closed;
    },
  };
}

/** In order: nothing overtakes what was sent before it. */
function pass(from: Socket, to: Socket, delayMs: () => number): void {
  let at = 0;
  const later = (action: () => void): void => {
    const now = performance.now();
    at = Math.max(at, now + delayMs());
    if (at <= now) action();
    else setTimeout(action, at - now);
  };
  from.setNoDelay(true);
  from.on('data', (chunk) => later(() => to.destroyed || to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
}
