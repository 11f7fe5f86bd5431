import type { Options } from 'mingo/types';

/** The options of mingo's queries, which it passes on to every operator. */
export type OperatorOptions = Partial<Options>;
