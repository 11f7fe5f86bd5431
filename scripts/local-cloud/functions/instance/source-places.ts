/**
 * Places in a bundle, in what is printed and thrown, as places in its sources: where the bundle has
 * a source map, beside it or in it. The map is read when a place is shown, so that a start costs
 * nothing more; what a function itself sees of an error stays as it is.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A line of a stack: what is before the place, the file, the line, the column, what is after. */
const FRAME = /^(\s+at .*?[( ]|\s+at )((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)(\)?)$/;
const MAPPING_URL = /\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const INLINE = /^data:application\/json[^,]*;base64,/;
/** Of a bundler's own making, e.g. `webpack://`: no file has it. */
const SCHEME = /^[A-Za-z][\w+.-]+:\/\//;

interface ReadMap {
  map: SourceMap;
  /** What the sources are relative to. */
  dir: string;
}

/** A line of a stack with the place in the source; every other line as it is. */
export type PlaceInSource = (line: string) => string;

/**
 * @param folder of the function
 * @param shownFolder the same as the developer knows it
 */
export function createSourcePlaces(folder: string, shownFolder: string): PlaceInSource {
  const maps = new Map<string, ReadMap | undefined>();
  const mapOf = (file: string): ReadMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };
  return (text) => {
    const [, before, place = '', line, column, after] = FRAME.exec(text) ?? [];
    if (before === undefined) return text;
    const read = mapOf(place.startsWith('file://') ? fileURLToPath(place) : place);
    const entry = read?.map.findEntry(Number(line) - 1, Number(column) - 1);
    if (read === undefined || entry === undefined || !('originalSource' in entry)) return text;
    const { originalSource, originalLine, originalColumn } = entry;
    if (SCHEME.test(originalSource)) return text;
    const source = resolve(read.dir, originalSource);
    const shown = isAbsolute(shownFolder) ? source : join(shownFolder, relative(folder, source));
    return `${before}${shown}:${originalLine + 1}:${originalColumn + 1}${after ?? ''}`;
  };
}

/** `undefined` where there is none, or none that can be read. */
function readMap(file: string): ReadMap | undefined {
  try {
    const url = MAPPING_URL.exec(readFileSync(file, 'utf8'))?.[1];
    if (url === undefined) return undefined;
    const beside = resolve(dirname(file), url);
    const text = INLINE.test(url)
      ? Buffer.from(url.replace(INLINE, ''), 'base64').toString()
      : readFileSync(beside, 'utf8');
    const payload = JSON.parse(text) as SourceMapPayload;
    const dir = INLINE.test(url) ? dirname(file) : dirname(beside);
    return { map: new SourceMap(payload), dir: join(dir, payload.sourceRoot || '.') };
  } catch {
    return undefined;
  }
}
