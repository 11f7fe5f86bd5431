import type { Handler } from 'hono';
import { getMimeType } from 'hono/utils/mime';

export type Content = string | Uint8Array<ArrayBuffer>;

/** What the preview's server hands out, by path below its root: `web/index.html`. In memory. */
export type Assets = ReadonlyMap<string, Content>;

/** @param current is asked at each request: the first that has the file answers */
export function serveAssets(current: () => readonly Assets[]): Handler {
  return (context) => {
    const path = pathOf(new URL(context.req.url));
    for (const assets of current()) {
      const content = assets.get(path);
      if (content === undefined) continue;
      const type = getMimeType(path) ?? 'application/octet-stream';
      return new Response(content, { headers: { 'content-type': type } });
    }
    return context.notFound();
  };
}

function pathOf({ pathname }: URL): string {
  const path = pathname.slice(1);
  try {
    return decodeURIComponent(path) + (path === '' || path.endsWith('/') ? 'index.html' : '');
  } catch {
    return path;
  }
}
