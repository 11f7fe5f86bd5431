import type { Problem } from '../../miniprogram-files/compile-error';
import type { CopyText } from './copy-texts';

export interface Language {
  /** Path inside the mini program. */
  file: string;
  texts: readonly CopyText[];
}

/** Every text is in both languages, with the same placeholders. */
export function compareLanguages(one: Language, other: Language): Problem[] {
  return [...missing(one, other), ...missing(other, one), ...otherPlaces(one, other)];
}

function missing(from: Language, { file, texts }: Language): Problem[] {
  const keys = new Set(texts.map(({ key }) => key));
  return from.texts
    .filter(({ key }) => !keys.has(key))
    .map(({ key, line, column }) => ({
      file: from.file,
      line,
      column,
      message: `${key} is missing in ${file}`,
    }));
}

function otherPlaces(one: Language, other: Language): Problem[] {
  const wanted = new Map(one.texts.map(({ key, places }) => [key, namesOf(places)]));
  return other.texts
    .map((text) => ({ ...text, has: namesOf(text.places), wants: wanted.get(text.key) }))
    .filter(({ has, wants }) => wants !== undefined && has !== wants)
    .map(({ key, line, column, has, wants }) => ({
      file: other.file,
      line,
      column,
      message: `${key} has ${has}, and ${wants ?? ''} in ${one.file}`,
    }));
}

function namesOf(places: readonly string[]): string {
  return places.length === 0 ? 'no places' : places.map((name) => `{${name}}`).join(' ');
}
