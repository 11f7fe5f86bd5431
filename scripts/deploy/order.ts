/**
 * In which order functions are changed, so that a changed limit of sessions signs nobody out on the
 * way: at every moment, functions that check sessions accept as many as those that sign in may
 * issue. A limit that rises reaches `login` last; one that falls, first.
 */
import { PolicyError, readPolicy } from '#functions/configuration';
import type { FunctionResource } from '../project/resources';

type Variables = Readonly<Record<string, string>>;

/** A function with its variables as they are, if it is there, and as they will be. */
export interface Changing {
  resource: Pick<FunctionResource, 'name' | 'sessions'>;
  before: Variables | undefined;
  after: Variables;
}

/** The functions of a group are changed side by side, and done before the next group begins. */
export function inOrder(functions: readonly Changing[]): string[][] {
  const issuing = functions.filter(({ resource }) => resource.sessions !== 'checks');
  const groups: string[][] = [[], [], [], [], []];
  for (const changing of functions) groups[turnOf(changing, issuing)]?.push(changing.resource.name);
  return groups.filter((group) => group.length > 0);
}

/**
 * 2 is for functions that only sign in. One that checks comes before them where it will accept all
 * that is issued until the end, else after them.
 */
function turnOf(changing: Changing, issuing: readonly Changing[]): number {
  const { sessions, name } = changing.resource;
  if (sessions === 'issues') return 2;
  const others = issuing.filter(({ resource }) => resource.name !== name);
  const most = Math.max(
    0,
    ...others.flatMap(({ before, after }) => [limitIn(before), limitIn(after)]),
  );
  const isEarly = limitIn(changing.after) >= most;
  const isNextToLogin = sessions === 'both';
  if (isEarly) return isNextToLogin ? 1 : 0;
  return isNextToLogin ? 3 : 4;
}

/**
 * How many sessions a person may hold by these variables; 0 without a function, or for one that
 * does not start.
 */
export function limitIn(variables: Variables | undefined): number {
  if (variables === undefined) return 0;
  try {
    return readPolicy(variables).sessionsPerUser;
  } catch (error) {
    if (error instanceof PolicyError) return 0;
    throw error;
  }
}

/**
 * Why a change of the limit would leave sessions that one function issues and another refuses, and
 * what to do. Limits that differ already and are not touched are left to the doctor.
 *
 * @param others functions that are in the cloud, and are left as they are
 */
export function limitConflict(
  functions: readonly Changing[],
  others: readonly Changing[],
): string | undefined {
  const isChanging = functions.some(({ before, after }) => limitIn(before) !== limitIn(after));
  if (!isChanging) return undefined;
  const all = [...functions, ...others];
  for (const issuing of all.filter(({ resource }) => resource.sessions !== 'checks')) {
    const limit = limitIn(issuing.after);
    const strict = all.filter(
      ({ resource, after }) =>
        resource.sessions !== 'issues' && limitIn(after) > 0 && limitIn(after) < limit,
    );
    if (strict.length === 0) continue;
    const names = strict.map(({ resource }) => resource.name).join(', ');
    return `${issuing.resource.name} would let a person hold ${limit} sessions, and ${names} would accept fewer: put SESSIONS_PER_USER under "variables" of "defaults" in cloudfunctions/resources.json, and where a function is not deployed from here, set it in 云开发控制台 → 云函数 → 配置 → 环境变量.`;
  }
  return undefined;
}
