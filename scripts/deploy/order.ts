/**
 * In which order functions are changed, so that a changed policy signs nobody out on the way: at
 * every moment, functions that check sessions accept all that those that sign in may issue. A limit
 * of sessions that rises, or a way in that is added, reaches `login` last; a limit that falls, or a
 * way in that is taken away, first.
 */
import { PolicyError, readPolicy } from '#functions/configuration';
import { text } from '../lib/language';
import type { FunctionResource } from '../project/resources';

type Variables = Readonly<Record<string, string>>;

/** A function with its variables as they are, if it is there, and as they will be. */
export interface Changing {
  resource: Pick<FunctionResource, 'name' | 'sessions'>;
  before: Variables | undefined;
  after: Variables;
}

/** Which sessions a function issues or accepts. */
export interface Terms {
  /** How many a person may hold; 0: none at all. */
  limit: number;
  /** The ways in by which they may have been signed in. */
  methods: readonly string[];
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
  const after = termsOf(changing.after);
  const isEarly = issuing
    .filter(({ resource }) => resource.name !== name)
    .flatMap((other) => [termsOf(other.before), termsOf(other.after)])
    .every((issued) => accepts(after, issued));
  const isNextToLogin = sessions === 'both';
  if (isEarly) return isNextToLogin ? 1 : 0;
  return isNextToLogin ? 3 : 4;
}

/** Of these variables; none without a function, or for one that does not start. */
export function termsOf(variables: Variables | undefined): Terms {
  if (variables === undefined) return { limit: 0, methods: [] };
  try {
    const { sessionsPerUser: limit, signInMethods: methods } = readPolicy(variables);
    return { limit, methods };
  } catch (error) {
    if (error instanceof PolicyError) return { limit: 0, methods: [] };
    throw error;
  }
}

/** Whether no session that is issued under these terms is refused. */
export function accepts(checking: Terms, issued: Terms): boolean {
  return (
    checking.limit >= issued.limit &&
    issued.methods.every((method) => checking.methods.includes(method))
  );
}

/**
 * Why a change of the policy would leave sessions that one function issues and another refuses, or
 * would refuse some on the way, and what to do. What differs already and is not touched is left to
 * the doctor.
 *
 * @param others functions that are in the cloud, and are left as they are
 */
export function policyConflict(
  functions: readonly Changing[],
  others: readonly Changing[],
): string | undefined {
  const isChanging = functions.some(
    ({ before, after }) => !isSame(termsOf(before), termsOf(after)),
  );
  if (!isChanging) return undefined;
  return crossing(functions) ?? refusedAfterwards([...functions, ...others]);
}

function isSame(a: Terms, b: Terms): boolean {
  return accepts(a, b) && accepts(b, a);
}

/** A change for which there is no order: one part of it goes to `login` first, the other last. */
function crossing(functions: readonly Changing[]): string | undefined {
  const isCrossing = functions.some(({ before, after }) => {
    const [old, next] = [termsOf(before), termsOf(after)];
    return old.limit > 0 && next.limit > 0 && !accepts(next, old) && !accepts(old, next);
  });
  return isCrossing
    ? text({
        zh: '新旧两份策略各自接受对方会拒绝的会话，改动途中会有人被退出登录：SESSIONS_PER_USER 和 SIGN_IN_METHODS 请分两次改；要换登录方式，先去掉一种，再加另一种。',
        en: 'What is deployed now accepts sessions that would be refused, and the other way round, so that people would be signed out on the way: change SESSIONS_PER_USER and SIGN_IN_METHODS one after the other, and take a way in away before another is added.',
      })
    : undefined;
}

function refusedAfterwards(all: readonly Changing[]): string | undefined {
  for (const issuing of all.filter(({ resource }) => resource.sessions !== 'checks')) {
    const issued = termsOf(issuing.after);
    const strict = all.filter(({ resource, after }) => {
      const checking = termsOf(after);
      return resource.sessions !== 'issues' && checking.limit > 0 && !accepts(checking, issued);
    });
    if (strict.length === 0) continue;
    const names = strict.map(({ resource }) => resource.name);
    const [zh, en] = [names.join('、'), names.join(', ')];
    const { name } = issuing.resource;
    const isLimit = strict.some(({ after }) => termsOf(after).limit < issued.limit);
    return isLimit
      ? text({
          zh: `${name} 会允许每人 ${issued.limit} 个会话，而 ${zh} 接受的更少：${putIt('SESSIONS_PER_USER')}`,
          en: `${name} would let a person hold ${issued.limit} sessions, and ${en} would accept fewer: ${putIt('SESSIONS_PER_USER')}`,
        })
      : text({
          zh: `${name} 会允许以 ${issued.methods.join('、')} 登录，而 ${zh} 接受的方式更少：${putIt('SIGN_IN_METHODS')}`,
          en: `${name} would let people in by ${issued.methods.join(', ')}, and ${en} would accept fewer ways: ${putIt('SIGN_IN_METHODS')}`,
        });
  }
  return undefined;
}

function putIt(variable: string): string {
  return text({
    zh: `请把 ${variable} 写在 cloudfunctions/resources.json 的 "defaults" 的 "variables" 里；不从这里部署的云函数，在云开发控制台 → 云函数 → 配置 → 环境变量里设置。`,
    en: `put ${variable} under "variables" of "defaults" in cloudfunctions/resources.json, and where a function is not deployed from here, set it in 云开发控制台 → 云函数 → 配置 → 环境变量.`,
  });
}
