import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { cloudProxy } from './cloud-proxy';
import { loopbackOnly } from './loopback-guard';
import type { PreviewPlatform } from './this-app/provider';
import { PreviewStartError } from './start-error';

interface PreviewOptions {
  /** 0 takes any free one. */
  port: number;
  /** Where the local cloud listens. */
  cloudUrl: string;
  /** What `compilePreview` wrote. */
  assetsDir: string;
  /** Gives out login codes to phones that sign in over HTTP. */
  platform: Pick<PreviewPlatform, 'issueCode'>;
}

export interface Preview {
  url: string;
  close(): Promise<void>;
}

const HOSTNAME = '127.0.0.1';

const HEADERS = {
  xFrameOptions: 'SAMEORIGIN',
  crossOriginResourcePolicy: 'same-origin',
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // `style` attributes are a part of WXML.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'https:'],
  },
};

/** Whatever somebody uploaded: it must not run as a page of the preview. */
const UPLOADED_FILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

export async function createPreview({
  port,
  cloudUrl,
  assetsDir,
  platform,
}: PreviewOptions): Promise<Preview> {
  const app = new Hono();
  app.use(loopbackOnly());
  app.use('/cloud/files/*', async (context, next) => {
    await next();
    context.header('content-security-policy', UPLOADED_FILE_POLICY);
  });
  app.use(secureHeaders(HEADERS));
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  app.post('/platform/codes', async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const openid = typeof body === 'object' && body !== null && 'openid' in body ? body.openid : '';
    if (typeof openid !== 'string' || openid === '')
      return context.text('An openid is needed.', 400);
    return context.text(platform.issueCode(openid));
  });
  app.on(['GET', 'POST', 'DELETE'], '/cloud/*', cloudProxy(cloudUrl));
  app.use('*', serveStatic({ root: assetsDir }));

  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new PreviewStartError('PORT_IN_USE', `port ${String(port)} is in use`, { cause: error })
          : error,
      );
    });
    server.listen(port, HOSTNAME, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${HOSTNAME}:${String(actual)}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
