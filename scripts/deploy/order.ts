/**
 * In which order functions are changed, so that a limit of sessions that changes signs nobody out on the way: what checks sessions
 * accepts at every moment as many as what signs in may issue. A limit that rises reaches `login` last; one that falls, first.
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

/** What one group holds is changed side by side, and done before the next begins. */
export function inOrder(functions: readonly Changing[]): string[][] {
  const issuing = functions.filter(({ resource }) => resource.sessions !== 'checks');
  const groups: string[][] = [[], [], [], [], []];
  for (const changing of functions) groups[turnOf(changing, issuing)]?.push(changing.resource.name);
  return groups.filter((group) => group.length > 0);
}

/** 2 is for what only signs in; what checks comes before it where it accepts all that is issued until the end, else after it. */
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

/** How many sessions a person may hold by these variables; 0 where there is no function, or one that does not start. */
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
 * A change of the limit that would leave sessions which are issued here and refused there: in one sentence, with what to do. What
 * differs already, and is not touched, is the doctor's to say.
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
