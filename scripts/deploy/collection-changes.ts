/** What a collection lacks: itself, its permission, its indexes. */
import { text } from '../lib/language';
import type { CollectionResource, IndexResource } from '../project/resources';
import type { Change } from './change';
import type { CollectionState } from './cloud';

export function collectionChanges(
  collection: CollectionResource,
  state: CollectionState | undefined,
): Change[] {
  const { name, permission, indexes } = collection;
  const changes: Change[] = [];
  if (state === undefined) {
    changes.push({
      lines: [text({ zh: `+ 集合 ${name}`, en: `+ collection ${name}` })],
      doing: text({ zh: `创建集合 ${name}`, en: `Creating the collection ${name}` }),
      run: (cloud) => cloud.createCollection(name),
    });
  }
  if (state?.permission !== permission) {
    changes.push({
      lines: [
        state === undefined
          ? text({
              zh: `+ 集合 ${name} 的权限：${permission}`,
              en: `+ permission of ${name}: ${permission}`,
            })
          : text({
              zh: `~ 集合 ${name}：权限 ${state.permission} -> ${permission}`,
              en: `~ collection ${name}: permission ${state.permission} -> ${permission}`,
            }),
      ],
      doing: text({ zh: `设置集合 ${name} 的权限`, en: `Setting the permission of ${name}` }),
      run: (cloud) => cloud.setPermission(collection),
    });
  }
  for (const index of indexes) {
    const there = state?.indexes.find((other) => other.name === index.name);
    if (there !== undefined && sameIndex(there, index)) continue;
    changes.push({
      lines: [
        there === undefined
          ? text({
              zh: `+ 索引 ${name}.${index.name}：${keysOf(index)}`,
              en: `+ index ${name}.${index.name} on ${keysOf(index)}`,
            })
          : text({
              zh: `~ 索引 ${name}.${index.name}：${keysOf(there)} -> ${keysOf(index)}`,
              en: `~ index ${name}.${index.name}: ${keysOf(there)} -> ${keysOf(index)}`,
            }),
      ],
      doing: text({
        zh: `创建集合 ${name} 的索引 ${index.name}`,
        en: `Creating the index ${index.name} of ${name}`,
      }),
      run: (cloud) => cloud.createIndex(name, index, there !== undefined),
    });
  }
  return changes;
}

function sameIndex(a: IndexResource, b: IndexResource): boolean {
  return a.unique === b.unique && keysOf(a) === keysOf(b);
}

function keysOf({ keys, unique }: IndexResource): string {
  const fields = keys.map(({ field, order }) => `${field} ${order}`).join(', ');
  return unique ? text({ zh: `${fields}（唯一）`, en: `${fields} (unique)` }) : fields;
}
