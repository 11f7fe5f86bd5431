/**
 * `POST /admin`, straight from the socket: every operation of every function comes this way, and a
 * web Request for each would cost as much as the operation.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAdmin, type AdminDependencies, type AdminReply } from './admin';
import { RawReply } from '../open-interfaces/raw-reply';
import { isOwnRequest } from './loopback';
import { FAILED, NOT_OWN, tooLarge } from './refusals';

const PATH = '/admin';
const MAX_BYTES = 16 * 1024 * 1024;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export function isAdminRequest({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && (url === PATH || url?.startsWith(`${PATH}?`) === true);
}

export function adminListener(dependencies: AdminDependencies): Answer {
  const answer = async (request: IncomingMessage, body: Buffer): Promise<AdminReply> =>
    answerAdmin(dependencies, {
      body,
      contentType: request.headers['content-type'] ?? '',
      seqId: seqIdOf(request.url ?? ''),
    });
  return (request, response) => {
    const { host, origin } = request.headers;
    if (!isOwnRequest(host, origin)) {
      sendJson(response, 403, NOT_OWN);
      return;
    }
    readBody(request, (body) => {
      if (body === undefined) {
        sendJson(response, 413, tooLarge(MAX_BYTES));
        return;
      }
      answer(request, body).then(
        (reply) => send(response, reply),
        (error: unknown) => {
          console.error(error);
          sendJson(response, 500, FAILED);
        },
      );
    });
  };
}

/**
 * Calls back with the whole body, or with `undefined` as soon as it is over the limit; never when
 * the caller leaves before the end. Node reads what is left after an answer, and throws it away.
 */
function readBody(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) {
    done(undefined);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    const wasOver = bytes > MAX_BYTES;
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) {
      chunks.push(chunk);
    } else if (!wasOver) {
      chunks.length = 0;
      done(undefined);
    }
  });
  request.on('end', () => {
    if (bytes > MAX_BYTES) return;
    const [first] = chunks;
    done(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
  });
}

function seqIdOf(url: string): string | undefined {
  if (url === PATH) return undefined;
  return new URLSearchParams(url.slice(PATH.length)).get('seqId') ?? undefined;
}

function send(response: ServerResponse, reply: AdminReply): void {
  // Without an answer the caller waits until it gives up.
  if (reply === 'silence') return;
  if (reply === 'drop') response.destroy();
  else if (reply instanceof RawReply) sendBody(response, 200, reply.contentType, reply.bytes);
  else sendJson(response, 200, reply);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  sendBody(response, status, 'application/json', JSON.stringify(body));
}

/** With its length, headers and a string go out in one write. */
function sendBody(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
