/** The strings that an expression can stand for, as far as the source of the project says. */
import type { AnyNode } from 'acorn';
import type { SourceFile } from './source-file';
import { createResolver, type Placed } from './resolver';

export interface Constants {
  /** `undefined` among them: it can be something else too. */
  stringsOf(node: AnyNode, source: SourceFile): ReadonlySet<string | undefined>;
}

type Texts = Set<string | undefined>;

/** More than that is data, not names. */
const MAX_VALUES = 200;

export function createConstants(sources: ReadonlyMap<string, SourceFile>): Constants {
  /** What was found; while it is looked for, nothing: names that stand for each other. */
  const known = new Map<AnyNode, Texts>();
  const resolve = createResolver(sources, strings);

  function strings(node: AnyNode, source: SourceFile): Texts {
    const found = known.get(node);
    if (found !== undefined) return found;
    known.set(node, new Set());
    const values: Texts = new Set(
      resolve({ node, source }).flatMap((placed) => [...textsOf(placed)]),
    );
    const texts: Texts =
      values.size === 0 || values.size > MAX_VALUES ? new Set([undefined]) : values;
    known.set(node, texts);
    return texts;
  }

  function textsOf({ node, source }: Placed): Iterable<string | undefined> {
    if (node.type === 'Literal') return [typeof node.value === 'string' ? node.value : undefined];
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis.flatMap(({ value }, index): (string | AnyNode)[] => {
        const expression = node.expressions[index];
        return [value.cooked ?? '', ...(expression === undefined ? [] : [expression])];
      });
      return joined(parts, source);
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      return joined([node.left, node.right], source);
    }
    return [undefined];
  }

  function joined(parts: readonly (string | AnyNode)[], source: SourceFile): Texts {
    let texts: Texts = new Set(['']);
    for (const part of parts) {
      const ends = typeof part === 'string' ? [part] : [...strings(part, source)];
      const begun = [...texts].slice(0, MAX_VALUES);
      texts = new Set(
        begun.flatMap((text) =>
          ends.map((end) => (text === undefined || end === undefined ? undefined : text + end)),
        ),
      );
    }
    return texts;
  }

  return { stringsOf: strings };
}
