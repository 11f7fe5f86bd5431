/** What a phone's pipeline reads: the documents of its collection, and other collections. */
import { isFields, type Fields } from '../bson/fields';

/** The condition on documents that the first stage has. */
export function queryOfPipeline([first]: readonly Fields[]): Fields {
  const match = first?.['$match'];
  if (isFields(match)) return match;
  const near = first?.['$geoNear'];
  return isFields(near) && isFields(near['query']) ? near['query'] : {};
}

/** The same pipeline with another condition. */
export function withPipelineQuery(stages: readonly Fields[], query: Fields): Fields[] {
  const [first, ...rest] = stages;
  const near = first?.['$geoNear'];
  // It must be the first stage.
  if (isFields(near)) return [{ $geoNear: { ...near, query } }, ...rest];
  return [{ $match: query }, ...(first !== undefined && '$match' in first ? rest : stages)];
}

/** Other collections that a stage reads, at any depth. */
export function collectionsOf(stage: unknown): string[] {
  if (Array.isArray(stage)) return stage.flatMap(collectionsOf);
  if (!isFields(stage)) return [];
  return Object.entries(stage).flatMap(([name, value]) => {
    const inner = collectionsOf(value);
    const isReader = ['$lookup', '$graphLookup', '$unionWith'].includes(name);
    const from = isFields(value) ? (value['from'] ?? value['coll']) : value;
    return isReader && typeof from === 'string' ? [from, ...inner] : inner;
  });
}
