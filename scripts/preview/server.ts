import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { except } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';
import { listenOnLoopback, type LoopbackServer } from '../lib/loopback-server';
import type { Problem } from '../miniprogram-files/compile-error';
import type { ProviderServer } from './app/provider-server';
import { serveAssets } from './assets';
import type { LiveState } from './bundle/build';
import { cloudProxy } from './cloud-proxy';
import type { CompiledApp } from './compile-app';
import type { CompiledPages } from './compile-pages';
import { Live } from './live';
import { loopbackOnly } from './loopback-guard';
import { PreviewStartError } from './start-error';

interface PreviewOptions {
  /** 0 takes any free one. */
  port: number;
  /** Where the local cloud listens. */
  cloudUrl: string;
  pages: CompiledPages;
  /** The mini program that is shown first. */
  app: CompiledApp;
  /** Gives login codes to phones that sign in over HTTP. */
  provider: Pick<ProviderServer, 'issueCode'>;
  /** What the web page, which stands below `/web/`, is told about its gateway; where there is one. */
  webSite?: { gateway: string; site: string };
}

export interface Preview extends LoopbackServer {
  /** From now on, and in all open pages. What is left out stays. */
  show(change: Partial<Shown>): void;
}

export interface Shown {
  app: CompiledApp;
  /** Why `app` is not what was written last. */
  problems: readonly Problem[];
}

const HEADERS = {
  xFrameOptions: 'SAMEORIGIN',
  crossOriginResourcePolicy: 'same-origin',
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // WXML has `style` attributes.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'https:', 'http:'],
    // Icon fonts are in the style sheet, or at their maker's, as in WeChat.
    fontSrc: ["'self'", 'data:', 'https:', 'http:'],
  },
};

/** An uploaded file must not run as a page of the preview. */
const UPLOADED_FILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/** The web page may ask its gateway too. */
function webHeaders(webSite: PreviewOptions['webSite']): typeof HEADERS {
  if (webSite === undefined) return HEADERS;
  const connectSrc = ["'self'", new URL(webSite.gateway).origin];
  const contentSecurityPolicy = { ...HEADERS.contentSecurityPolicy, connectSrc };
  return { ...HEADERS, contentSecurityPolicy };
}

/** @throws PreviewStartError */
export async function createPreview({
  port,
  cloudUrl,
  pages,
  app: first,
  provider,
  webSite,
}: PreviewOptions): Promise<Preview> {
  let shown: Shown = { app: first, problems: [] };
  const state = (): LiveState => ({
    pages: pages.hash,
    build: shown.app.build,
    problems: shown.problems,
  });
  const live = new Live(state);
  const app = new Hono();
  app.use(loopbackOnly());
  app.use('/cloud/files/*', async (context, next) => {
    await next();
    context.header('content-security-policy', UPLOADED_FILE_POLICY);
  });
  app.use(except('/web/*', secureHeaders(HEADERS)));
  app.use('/web/*', secureHeaders(webHeaders(webSite)));
  if (webSite !== undefined) app.get('/web/config.json', (context) => context.json(webSite));
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
  app.route('/live', live.routes());
  app.get(
    '*',
    serveAssets(() => [pages.assets, shown.app.assets]),
  );

  try {
    const server = await listenOnLoopback(createAdaptorServer({ fetch: app.fetch }), port);
    return {
      ...server,
      show(change) {
        const before = JSON.stringify(state());
        shown = { ...shown, ...change };
        if (JSON.stringify(state()) !== before) live.tell();
      },
    };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new PreviewStartError('PORT_IN_USE', `port ${String(port)} is in use`, { cause });
  }
}
