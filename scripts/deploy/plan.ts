/** What has to be done so that the cloud holds what it must. No network in here. */
import { text } from '../lib/language';
import type { CollectionResource, FunctionResource } from '../project/resources';
import { inOrder, policyConflict, type Changing } from './order';
import { signInMethodsIn } from '../project/sign-in-methods';
import { calledInterfaces, mayLackPermission } from '../project/open-interfaces';
import { IDENTITY_KEY } from '../project/identity-key';
import type { Change } from './change';
import type { CloudState, FunctionState, WantedFunction } from './cloud';
import { collectionChanges } from './collection-changes';
import { functionChanges, type PlanOptions } from './function-changes';

export interface Plan {
  changes: readonly Change[];
  /** The functions, in groups that are changed one after the other. */
  order: readonly (readonly string[])[];
  /** What a person has to decide first. */
  blocked: readonly string[];
  /** Why the policy, or the key of phone numbers, may not be changed like this. */
  conflict: string | undefined;
  /** What differs from the description, and stays. */
  notes: readonly string[];
}

export interface Wanted {
  functions: readonly WantedFunction[];
  /** Functions that this run leaves as they are. */
  leftOut: readonly FunctionResource[];
  collections: readonly CollectionResource[];
}

export function planChanges(given: Wanted, actual: CloudState, options: PlanOptions): Plan {
  const blocked: string[] = [];
  const notes: string[] = [];
  const wanted = {
    ...given,
    functions: given.functions.map((item) => ({
      ...item,
      variables: withWaysIn(item.variables, actual.functions.get(item.resource.name)?.variables),
    })),
  };
  const collections = wanted.collections.flatMap((collection) =>
    collectionChanges(collection, actual.collections.get(collection.name)),
  );
  const functions = wanted.functions.flatMap((item) => {
    const state = actual.functions.get(item.resource.name);
    const steps = functionChanges(item, state, options, { blocked, notes });
    if (steps.length > 0) notes.push(...unconfirmed(item));
    return steps.map((change) => ({ ...change, of: item.resource.name }));
  });
  const changing = wanted.functions.map(({ resource, variables }): Changing => {
    const before = actual.functions.get(resource.name)?.variables;
    return { resource, before, after: { ...before, ...variables } };
  });
  const staying = wanted.leftOut.flatMap((resource): Changing[] => {
    const before = actual.functions.get(resource.name)?.variables;
    return before === undefined ? [] : [{ resource, before, after: before }];
  });
  const order = inOrder(changing);
  const inTurn = order.flat().flatMap((name) => functions.filter(({ of }) => of === name));
  // Functions last: from the first call on they find their collections.
  const conflict =
    keyConflict(changing) ?? lastWayConflict(changing) ?? policyConflict(changing, staying);
  return { changes: [...collections, ...inTurn], order, blocked, conflict, notes };
}

/**
 * A variable that is not described stays as it was set by hand. Not this one: without it the mini
 * program is built for WeChat alone, and the functions must not offer more.
 */
function withWaysIn(
  variables: WantedFunction['variables'],
  before: FunctionState['variables'] = {},
): WantedFunction['variables'] {
  return 'SIGN_IN_METHODS' in before ? { SIGN_IN_METHODS: 'wechat', ...variables } : variables;
}

/** What a deployment may not have done. */
function unconfirmed({ resource: { name, permissions }, variables }: WantedFunction): string[] {
  const called = calledInterfaces(permissions, variables);
  return called.length > 0 ? [`${name} ${mayLackPermission(called)}`] : [];
}

/** Another key leaves nobody to be found by their number, and the one before can't be read here. */
function keyConflict(functions: readonly Changing[]): string | undefined {
  const others = functions.filter(
    ({ before = {}, after }) =>
      IDENTITY_KEY in before && before[IDENTITY_KEY] !== after[IDENTITY_KEY],
  );
  if (others.length === 0) return undefined;
  const names = others.map(({ resource }) => resource.name);
  return text({
    zh: `${names.join('、')} 会换成另一个 ${IDENTITY_KEY}，从此不能再按手机号找到任何人：请把 ${IDENTITY_KEY} 设为线上的那一个，见云开发控制台 → 云函数 → 配置 → 环境变量。如果不再需要那些手机号，请先在那里删掉它。`,
    en: `${names.join(' and ')} would get another ${IDENTITY_KEY}, and nobody be found by their phone number any more: set ${IDENTITY_KEY} to the one that is deployed, in 云开发控制台 → 云函数 → 配置 → 环境变量. To do without those numbers, delete it there first.`,
  });
}

/**
 * With one way in nobody looks at identities: a WeChat that left the account which it founded would
 * be back in it, with whoever it belongs to now.
 */
function lastWayConflict(functions: readonly Changing[]): string | undefined {
  const isGivenUp = functions.some(
    ({ before = {}, after }) =>
      signInMethodsIn(before).length > 1 && signInMethodsIn(after).length === 1,
  );
  if (!isGivenUp) return undefined;
  return text({
    zh: 'SIGN_IN_METHODS 只剩 wechat 之后，绑定和解绑的记录都不再算数：从自己创建的账号解绑的微信，又能登录那个账号。如果就是要这样，请先在云开发控制台 → 云函数 → 配置 → 环境变量里把 SIGN_IN_METHODS 设为 wechat，再清空集合 identities。',
    en: 'With SIGN_IN_METHODS=wechat, what people have linked and unlinked counts no more: a WeChat that was unlinked from the account that it founded gets into it again. If that is meant, set SIGN_IN_METHODS to wechat in 云开发控制台 → 云函数 → 配置 → 环境变量 first, and empty the collection identities.',
  });
}
