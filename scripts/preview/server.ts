import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { listenOnLoopback, type LoopbackServer } from '../lib/loopback-server';
import { cloudProxy } from './cloud-proxy';
import { loopbackOnly } from './loopback-guard';
import { PreviewStartError } from './start-error';

/** The server of a provider such as QQ, which vouches for people by login codes. */
export interface CodeIssuer {
  /** A login code of this person. */
  issueCode(openid: string): string;
}

interface PreviewOptions {
  /** 0 takes any free one. */
  port: number;
  /** Where the local cloud listens. */
  cloudUrl: string;
  /** What `compilePreview` wrote. */
  assetsDir: string;
  /** Gives out login codes to phones that sign in over HTTP. */
  provider: CodeIssuer;
}

export type Preview = LoopbackServer;

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

/** @throws PreviewStartError */
export async function createPreview({
  port,
  cloudUrl,
  assetsDir,
  provider,
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
  app.post('/provider/codes', async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const openid = typeof body === 'object' && body !== null && 'openid' in body ? body.openid : '';
    if (typeof openid !== 'string' || openid === '')
      return context.text('The body must have an openid.', 400);
    return context.text(provider.issueCode(openid));
  });
  app.on(['GET', 'POST', 'DELETE'], '/cloud/*', cloudProxy(cloudUrl));
  app.use('*', serveStatic({ root: assetsDir }));

  try {
    return await listenOnLoopback(createAdaptorServer({ fetch: app.fetch }), port);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new PreviewStartError('PORT_IN_USE', `port ${String(port)} is in use`, { cause });
  }
}
