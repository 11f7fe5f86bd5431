import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A build leaves it at the end of each script, for DevTools and the preview. */
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:[^\n]*\n?$/;

/**
 * How much of a built mini program is sent to WeChat before it is minified. Minifying leaves source
 * maps out, so they do not count.
 */
export async function packageBytesIn(miniprogramDir: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(miniprogramDir, { recursive: true })) {
    const file = join(miniprogramDir, name);
    const about = await stat(file);
    if (!about.isFile()) continue;
    bytes += name.endsWith('.js') ? withoutMap(await readFile(file, 'utf8')) : about.size;
  }
  return bytes;
}

const withoutMap = (code: string): number => Buffer.byteLength(code.replace(INLINE_MAP, '\n'));
