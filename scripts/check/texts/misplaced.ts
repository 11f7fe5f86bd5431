/** User-facing text outside `miniprogram/i18n/`, which would be shown in one language only. */
import ts from 'typescript';
import type { Problem } from '../../miniprogram-files/compile-error';
import type { Place, Wxml } from '../../miniprogram-files/wxml/parse-wxml';

const CHINESE = /\p{Script=Han}/u;
const LETTER = /\p{L}/u;

const MESSAGE = 'is shown to people, so it belongs in i18n/';

/** Any letter between tags, and Chinese in attributes and expressions. */
export function textInWxml({ file, tags, texts, expressions }: Wxml): Problem[] {
  const attributes = tags.flatMap((tag) => tag.attributes);
  return [
    ...texts.filter(({ value }) => LETTER.test(value)),
    ...[...attributes, ...expressions].filter(({ value }) => CHINESE.test(value)),
  ].map(({ value, line, column }) => problem(file, value, { line, column }));
}

/** Chinese in string literals and templates; comments may hold it. */
export function textInScript(file: string, source: string): Problem[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  return literalsIn(tree)
    .filter(({ text }) => CHINESE.test(text))
    .map((node) => {
      const { line, character } = tree.getLineAndCharacterOfPosition(node.getStart());
      return problem(file, node.text, { line: line + 1, column: character + 1 });
    });
}

function literalsIn(node: ts.Node): ts.LiteralLikeNode[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) return [node];
  const found: ts.LiteralLikeNode[] = [];
  ts.forEachChild(node, (child) => void found.push(...literalsIn(child)));
  return found;
}

function problem(file: string, text: string, place: Place): Problem {
  return { file, ...place, message: `“${text.trim()}” ${MESSAGE}` };
}
