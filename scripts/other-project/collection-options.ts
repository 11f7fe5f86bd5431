/** `--collection` and `--permission`, as the local cloud and the preview take them. */
import type { BasicPermission, CollectionSetup } from '#local-cloud';
import { UsageError } from '../lib/command-error';
import { text } from '../lib/language';

export interface CollectionOptions {
  collection?: readonly string[];
  /** `NAME=READONLY` each. */
  permission?: readonly string[];
}

export type Collections = readonly (string | CollectionSetup)[];

type GivenPermission = readonly [collection: string, permission: BasicPermission];

/**
 * What was given takes precedence.
 *
 * @param collections those that are there anyway
 * @throws UsageError
 */
export async function withGiven(
  collections: Collections,
  { collection = [], permission = [] }: CollectionOptions,
): Promise<(string | CollectionSetup)[]> {
  const { isBasicPermission } = await import('#local-cloud');
  const permissions = permission.map((given) => decodePermission(given, isBasicPermission));
  await requireNames('--collection', collection);
  await requireNames(
    '--permission',
    permissions.map(([name]) => name),
  );
  return withPermissions([...collections, ...collection], permissions);
}

async function requireNames(option: string, names: readonly string[]): Promise<void> {
  const { isCollectionName } = await import('#local-cloud');
  const wrong = names.find((name) => !isCollectionName(name));
  if (wrong === undefined) return;
  throw new UsageError(
    text({
      zh: `${option} 要写集合名，不能是“${wrong}”。`,
      en: `${option} must name a collection, not "${wrong}".`,
    }),
  );
}

function decodePermission(
  given: string,
  isPermission: (value: string) => value is BasicPermission,
): GivenPermission {
  const at = given.indexOf('=');
  if (at < 1)
    throw new UsageError(
      text({
        zh: `--permission 要写成 NAME=READONLY 这样，不能是“${given}”。`,
        en: `--permission must be NAME=READONLY or the like, not "${given}".`,
      }),
    );
  const value = given.slice(at + 1);
  if (!isPermission(value))
    throw new UsageError(
      text({
        zh: `--permission ${given}：权限只能是 READONLY、PRIVATE、ADMINWRITE 或 ADMINONLY。`,
        en: `--permission ${given}: a permission is READONLY, PRIVATE, ADMINWRITE or ADMINONLY.`,
      }),
    );
  return [given.slice(0, at), value];
}

function withPermissions(
  collections: Collections,
  permissions: readonly GivenPermission[],
): (string | CollectionSetup)[] {
  const given = new Map(permissions);
  const named = new Set<string>();
  const changed = collections.map((collection) => {
    const setup = typeof collection === 'string' ? { name: collection, indexes: [] } : collection;
    named.add(setup.name);
    const permission = given.get(setup.name);
    return permission === undefined ? collection : { ...setup, permission };
  });
  const others = permissions.filter(([name]) => !named.has(name));
  return [...changed, ...others.map(([name, permission]) => ({ name, indexes: [], permission }))];
}
