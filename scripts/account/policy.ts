import { PolicyError, readPolicy, type SessionPolicy } from '#functions/operators';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import type { FunctionResource } from '../project/resources';

/**
 * The policy of the deployment, as far as this project knows it. The environment may say that
 * ACCOUNT_BLOCKING is on.
 *
 * @throws CommandError when the policy is wrong
 */
export function policyOf(
  functions: readonly FunctionResource[],
  { ACCOUNT_BLOCKING }: Readonly<Record<string, string | undefined>>,
): SessionPolicy {
  const added = ACCOUNT_BLOCKING === undefined ? {} : { ACCOUNT_BLOCKING };
  const issuing = functions.filter(({ sessions }) => sessions !== 'checks');
  try {
    const policies = issuing.map(({ variables }) => readPolicy({ ...variables, ...added }));
    return {
      ...(policies[0] ?? readPolicy(added)),
      accountBlocking: policies.every(({ accountBlocking }) => accountBlocking),
    };
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause;
    throw new CommandError(
      text({
        zh: `策略有误：${cause.message}。请运行 npm run doctor。`,
        en: `${cause.message}. Run "npm run doctor".`,
      }),
      { cause },
    );
  }
}
