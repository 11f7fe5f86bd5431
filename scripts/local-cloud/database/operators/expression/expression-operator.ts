import type { Options } from 'mingo/types';

/** Called by mingo for each document. */
export type ExpressionOperator = (document: unknown, operand: unknown, options: Options) => unknown;
