import { pathFromRoot } from '../../miniprogram-files/path-from-root';
import { placeAt, type Place } from '../../miniprogram-files/place';

/** A file of templates or of WXS that another one names. */
export interface Use {
  /** From the root, without suffix. */
  path: string;
  /** The one that names it. */
  from: { file: string } & Partial<Place>;
}

const SRC = /<(?:import|include|wxs)\b[^>]*?\ssrc\s*=\s*["']([^"']*)["']/g;

/** @param source of the WXML `file`, which names all of `paths` */
export function usesIn(file: string, source: string, paths: readonly string[]): Use[] {
  const places = new Map<string, Place>();
  for (const { 1: src = '', index } of source.matchAll(SRC)) {
    const path = pathFromRoot(src.replace(/\.wx(?:ml|s)$/, ''), file);
    if (!places.has(path)) places.set(path, placeAt(source, index));
  }
  return paths.map((path) => ({ path, from: { file, ...places.get(path) } }));
}
