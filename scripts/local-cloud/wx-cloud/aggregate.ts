import { answer } from './answer';
import { checked } from './library';
import type { Reach } from './reach';

/** The stages of a mini program's pipeline: `aggregate().match(...).group(...)`. */
const STAGES = [
  'addFields', 'bucket', 'bucketAuto', 'count', 'geoNear', 'group', 'limit', 'lookup', 'match', 'project',
  'replaceRoot', 'sample', 'skip', 'sort', 'sortByCount', 'unwind',
] as const; // prettier-ignore

type LibraryAggregate = Record<(typeof STAGES)[number], (value: unknown) => unknown> & {
  end(): Promise<unknown>;
};

export type Aggregate = Record<(typeof STAGES)[number], (value: unknown) => Aggregate> & {
  end(options?: unknown): Promise<object> | undefined;
};

export function aggregateOf(
  library: unknown,
  { runCallback }: Pick<Reach, 'runCallback'>,
): Aggregate {
  // It collects the stages itself.
  const collected = library as LibraryAggregate;
  const pipeline = {
    end: (options?: unknown) =>
      answer('collection.aggregate', options, runCallback, async () => {
        const { data } = await checked(collected.end());
        return { list: data };
      }),
  } as Aggregate;
  for (const stage of STAGES) {
    pipeline[stage] = (value) => {
      collected[stage](value);
      return pipeline;
    };
  }
  return pipeline;
}
