import type { Options } from 'mingo/types';

/** As mingo calls it, for each document. */
export type ExpressionOperator = (document: unknown, operand: unknown, options: Options) => unknown;
