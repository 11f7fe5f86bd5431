/**
 * Sends requests over kept connections, each as soon as its connection is free, and answers how
 * long they took together. It costs little next to a server: requests are bytes before the clock
 * starts, and of a reply only its status and length are read.
 */
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';

process.on('message', ({ url, requests, concurrency }) => {
  run(new URL(url), requests, concurrency).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});
process.send('ready');

async function run({ port, host }, requests, concurrency) {
  const bytes = requests.map(({ path, body }) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const connections = await Promise.all(Array.from({ length: concurrency }, () => open(port)));
  let next = 0;
  let last = '';
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (ask) => {
      while (next < bytes.length) last = await ask(bytes[next++]);
    }),
  );
  const elapsedMs = performance.now() - startedAt;
  for (const ask of connections) ask.close();
  return { elapsedMs, last };
}

/** One connection: a function that sends a request, and resolves to the body of the reply. */
function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
    let reply = { resolve() {}, reject };
    let received = [];
    const ask = (request) =>
      new Promise((resolve, reject) => {
        reply = { resolve, reject };
        socket.write(request);
      });
    ask.close = () => socket.destroy();
    socket.once('connect', () => resolve(ask));
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = received.toString('latin1', 0, headEnd);
      const length = /^content-length: *(\d+)/im.exec(head)?.[1];
      if (!head.startsWith('HTTP/1.1 200') || length === undefined) {
        reply.reject(new Error(head));
        return;
      }
      if (received.length < headEnd + 4 + Number(length)) return;
      const body = received.toString('utf8', headEnd + 4);
      received = [];
      reply.resolve(body);
    });
    socket.on('error', (error) => reply.reject(error));
    socket.on('close', () => reply.reject(new Error('the server closed the connection')));
  });
}
