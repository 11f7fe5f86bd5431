import type { MiniprogramBundle, ScriptPlace } from '../../../bundle/bundle';

/** `miniprogram/pages/home/index.ts:12`: where an error of the mini program's code was thrown. */
export type SourcePlaceOf = (error: unknown) => string | undefined;

/** A line of a stack: `at f (http://…/app.js:12:3)`, or `f@http://…/app.js:12:3` in Safari. */
const FRAME = /(?:at |@|\()([^\s()@]+):(\d+):\d+\)?$/;

interface Frame {
  url: string;
  line: number;
}

export function sourcePlaces({
  places,
  stack,
}: Pick<MiniprogramBundle, 'places' | 'stack'>): SourcePlaceOf {
  const [own] = framesOf(stack);
  return (error) => {
    if (!(error instanceof Error) || own === undefined) return undefined;
    for (const { url, line } of framesOf(error.stack ?? '')) {
      const place = url === own.url ? placeAt(places, line) : undefined;
      if (place !== undefined) return place;
    }
    return undefined;
  };
}

function framesOf(stack: string): Frame[] {
  return stack.split('\n').flatMap((text) => {
    const [, url, line] = FRAME.exec(text.trimEnd()) ?? [];
    return url === undefined ? [] : [{ url, line: Number(line) }];
  });
}

/** `undefined` for what the bundle has around the scripts. */
function placeAt(places: readonly ScriptPlace[], line: number): string | undefined {
  const at = places.findIndex((place) => place.line > line);
  const place = places[(at < 0 ? places.length : at) - 1];
  if (place === undefined) return undefined;
  const { file, lines } = place;
  const within = line - place.line;
  return `${file}:${lines?.[Math.min(within, lines.length - 1)] ?? within + 1}`;
}
