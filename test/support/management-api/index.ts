/**
 * Tencent's management API on loopback: an HTTPS proxy that answers for every host itself, with a
 * certificate made for the test. The client gets the proxy (HTTPS_PROXY) and the certificate
 * (NODE_EXTRA_CA_CERTS), and is otherwise unchanged.
 */
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { FakeEnvironment, FakeRefusal } from './state';

export const SECRET_ID = 'AKIDfake';
export const SECRET_KEY = 'fake-secret-key';

export interface ManagementRequest {
  host: string;
  action: string;
  body: Record<string, unknown>;
}

export interface ManagementApi {
  readonly environment: FakeEnvironment;
  readonly requests: ManagementRequest[];
  /** What a client needs to find this, and its key. */
  readonly variables: Record<string, string>;
  /** Of the authority that NODE_EXTRA_CA_CERTS names, for a client in this process. */
  readonly certificate: string;
  /**
   * Decides what happens to a request: an error's code, `drop` to close the connection before it is
   * done, `dropAfter` to do it and then close, `hold` to do nothing and leave it without an answer,
   * or nothing.
   */
  fail: (request: ManagementRequest, n: number) => string | undefined;
  close(): Promise<void>;
}

const HOSTS = ['tcb', 'scf', 'flexdb', 'cam'].map((service) => `${service}.tencentcloudapi.com`);

/** A key of this size costs more than everything else here: one serves all tests of a file. */
let generated: ReturnType<typeof generateCertificate> | undefined;

const generateCertificate = () =>
  generate([{ name: 'commonName', value: 'fake of a management API' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: HOSTS.map((value) => ({ type: 2, value })) },
    ],
  });

export async function startManagementApi(envId: string): Promise<ManagementApi> {
  const environment = new FakeEnvironment(envId);
  const folder = await mkdtemp(join(tmpdir(), 'management-api-'));
  generated ??= generateCertificate();
  const certificate = await generated;
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificate.cert);

  const api: ManagementApi = {
    environment,
    requests: [],
    certificate: certificate.cert,
    variables: {
      HTTPS_PROXY: '',
      NODE_EXTRA_CA_CERTS: caFile,
      TENCENTCLOUD_SECRETID: SECRET_ID,
      TENCENTCLOUD_SECRETKEY: SECRET_KEY,
    },
    fail: () => undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
  const sockets = new Set<Socket>();
  const secureContext = createSecureContext({
    key: certificate.private,
    cert: certificate.cert,
  });
  const inner = createServer((request, response) => void answer(api, request, response));
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    const [host = ''] = (request.url ?? '').split(':');
    if (!HOSTS.includes(host)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext,
    });
    secure.on('error', () => socket.destroy());
    inner.emit('connection', secure);
  });
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  api.variables['HTTPS_PROXY'] = `http://127.0.0.1:${port}`;
  return api;
}

async function answer(
  api: ManagementApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const body = JSON.parse(text || '{}') as Record<string, unknown>;
  const { host = '' } = request.headers;
  const record = { host, action: String(request.headers['x-tc-action']), body };
  api.requests.push(record);
  const failure = api.fail(record, api.requests.length);
  if (failure === 'hold') return;
  if (failure === 'drop') {
    request.socket.destroy();
    return;
  }
  try {
    const problem = signatureProblem(request, text);
    if (problem !== undefined) throw new FakeRefusal(problem, 'the signature does not match');
    if (failure !== undefined && failure !== 'dropAfter') {
      throw new FakeRefusal(failure, 'refused by the test');
    }
    const result = api.environment.act(record.action, body);
    if (failure === 'dropAfter') request.socket.destroy();
    else response.end(JSON.stringify({ Response: { ...result, RequestId: 'r' } }));
  } catch (error) {
    const Code = error instanceof FakeRefusal ? error.code : 'InternalError';
    const Message = (error as Error).message;
    response.end(JSON.stringify({ Response: { Error: { Code, Message }, RequestId: 'r' } }));
  }
}

/** TC3-HMAC-SHA256, as https://cloud.tencent.com/document/api/583/33846 describes it. */
function signatureProblem({ headers }: IncomingMessage, body: string): string | undefined {
  const { authorization = '', host = '' } = headers;
  const [, id, date, service, signature] =
    /Credential=([^/]+)\/([^/]+)\/([^/]+)\/tc3_request,.*Signature=(\w+)/.exec(authorization) ?? [];
  if (id !== SECRET_ID) return 'AuthFailure.SecretIdNotFound';
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n${sha256(body)}`;
  const toSign = `TC3-HMAC-SHA256\n${String(headers['x-tc-timestamp'])}\n${date ?? ''}/${service ?? ''}/tc3_request\n${sha256(canonical)}`;
  const key = [date ?? '', service ?? '', 'tc3_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part).digest(),
    `TC3${SECRET_KEY}`,
  );
  return hmac(key, toSign).digest('hex') === signature ? undefined : 'AuthFailure.SignatureFailure';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
