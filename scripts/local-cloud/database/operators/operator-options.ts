import type { Options } from 'mingo/types';

/** What operators are called with, and mingo's queries are made with. */
export type OperatorOptions = Partial<Options>;
