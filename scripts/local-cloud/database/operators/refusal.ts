/** What mingo and JavaScript throw when they can't make sense of a query, in words of our own. */
import { MingoError } from 'mingo/util';
import { InvalidRequest } from '../../bson/invalid-request';

/** @param what is evaluated: the name of an operator, or what the SDK calls it */
export function refusing<T>(what: string, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    throw refusal(what, error);
  }
}

function refusal(what: string, error: unknown): unknown {
  if (error instanceof InvalidRequest || !isMisunderstanding(error)) return error;
  const says = error instanceof MingoError && !/mingo/i.test(error.message);
  const message = says ? asMongo(error.message) : `${what} can't be evaluated on these values`;
  return new InvalidRequest(message, { cause: error });
}

function asMongo(message: string): string {
  return message
    .replace(/^accumulator '(.*)' is not registered\.$/, "Unrecognized expression '$1'")
    .replace(/^unregistered pipeline operator (.*)\.$/, "Unrecognized pipeline stage name: '$1'");
}

function isMisunderstanding(error: unknown): error is Error {
  const kinds = [MingoError, TypeError, RangeError, SyntaxError];
  return kinds.some((kind) => error instanceof kind);
}
