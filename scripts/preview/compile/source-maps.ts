/** Where the lines of the compiled scripts were written. */
import { SourceMap, type SourceMapPayload } from 'node:module';
import { posix } from 'node:path';
import { isRecord } from '../../lib/is-record';

const COMMENT = /^[ \t]*\/\/[#@] sourceMappingURL=(\S*)[ \t]*$/gm;
const INLINE = /^data:application\/json[^,]*;base64,(.*)$/;

export interface MappedScript {
  /** Without the comment, which would name the map of the whole bundle; its line stays. */
  code: string;
  map?: SourceMapPayload;
}

/** Takes the map out of a script that a build wrote with its map inside. */
export function takeSourceMap(file: string, source: string): MappedScript {
  const [, url = ''] = [...source.matchAll(COMMENT)].at(-1) ?? [];
  const code = source.replaceAll(COMMENT, '');
  const encoded = INLINE.exec(url)?.[1];
  const map = encoded === undefined ? undefined : decode(encoded);
  return map === undefined ? { code } : { code, map: fromRoot(map, file) };
}

function decode(encoded: string): SourceMapPayload | undefined {
  try {
    const map: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    return isSourceMap(map) ? map : undefined;
  } catch {
    return undefined;
  }
}

function isSourceMap(map: unknown): map is SourceMapPayload {
  return isRecord(map) && typeof map['mappings'] === 'string' && Array.isArray(map['sources']);
}

/** Sources as paths from where the mini program's root is: `miniprogram/app.ts`. */
function fromRoot(map: SourceMapPayload, file: string): SourceMapPayload {
  const sources = map.sources.map((source) =>
    posix
      .join(posix.dirname(file), (map.sourceRoot as string | undefined) ?? '', source)
      .replace(/^(?:\.\.\/)+/, ''),
  );
  return { ...map, sources, sourceRoot: '' };
}

/** Line by line, as a script that was written as it is. */
export function unchangedMap(file: string, source: string): SourceMapPayload {
  const more = ';AACA'.repeat(source.split('\n').length - 1);
  return {
    file,
    version: 3,
    sources: [file],
    sourcesContent: [source],
    names: [],
    mappings: `AAAA${more}`,
    sourceRoot: '',
  };
}

export interface SourceLines {
  file: string;
  /** Of each line of the script, in order. */
  lines: number[];
}

/** The file that most of a script was written in, and the line of each of its lines, from 1. */
export function sourceLines(map: SourceMapPayload, count: number): SourceLines | undefined {
  const [file] = map.sources;
  if (file === undefined) return undefined;
  const entries = new SourceMap(map);
  let last = 1;
  const lines = Array.from({ length: count }, (_, line) => {
    const entry = entries.findEntry(line, Number.MAX_SAFE_INTEGER);
    if ('originalLine' in entry) last = entry.originalLine + 1;
    return last;
  });
  return { file, lines };
}
