/** Calls that know what each function takes and answers. Types only. */
import type { Functions } from './functions';
import type { CallOptions, SessionCallOutcome } from './protected-calls';

/**
 * Takes the name of a function and what to send it, without the token, which is added.
 */
export type Call<Known = Functions> = <Name extends keyof Known & string, Action extends string>(
  name: Name,
  data: DataOf<Known[Name]> & { action?: Action },
  options?: CallOptions,
) => Promise<SessionCallOutcome<ReplyOf<Known[Name], Action>>>;

type DataOf<Pair> = Pair extends { request: infer Request } ? WithoutToken<Request> : never;
type WithoutToken<Request> = Request extends unknown ? Omit<Request, 'sessionToken'> : never;

/** What a function answers when it does what it was asked to; with several actions, to this one. */
export type ReplyOf<Pair, Action = string> = Pair extends {
  request: infer Request;
  reply: infer Reply;
}
  ? Action extends ActionOf<Request>
    ? Extract<Reply, { ok: true }>
    : never
  : never;

type ActionOf<Request> = Request extends { action: infer Action } ? Action : string;
