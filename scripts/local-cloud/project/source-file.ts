/** The JavaScript and TypeScript of a project, as syntax trees in which each node knows its parent. */
import { parse, type AnyNode, type Options, type Program } from 'acorn';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { transform, type Transform } from 'sucrase';

export interface SourceFile {
  /** An absolute path. */
  file: string;
  /** What was parsed: of TypeScript, the JavaScript in it. */
  text: string;
  /** `undefined` for what no parser reads. */
  program: Program | undefined;
  /** Whether the places of nodes are those in the file; not so for TypeScript. */
  hasPlaces: boolean;
  nodes: readonly AnyNode[];
  parentOf(node: AnyNode): AnyNode | undefined;
}

/** What is beyond JavaScript in a file, by the ending of its name. */
const BEYOND: Readonly<Record<string, Transform[] | undefined>> = {
  '.js': ['jsx'],
  '.cjs': ['jsx'],
  '.mjs': ['jsx'],
  '.jsx': ['jsx'],
  '.ts': ['typescript'],
  '.tsx': ['typescript', 'jsx'],
};

const PASSED_OVER = new Set(['node_modules', 'miniprogram_npm']);
/** What is larger is a library or a bundle, not the project's own. */
const MAX_BYTES = 500 * 1024;
/** Characters a line, on average: longer ones are minified. */
const MAX_LINE = 300;

/** The source files in a folder and those below it. */
export function sourceFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || PASSED_OVER.has(entry.name)) return [];
    if (entry.isDirectory()) return sourceFilesIn(path);
    const isSource = BEYOND[extname(path)] !== undefined && !path.endsWith('.d.ts');
    return isSource && entry.isFile() && statSync(path).size <= MAX_BYTES ? [path] : [];
  });
}

/** `undefined` for what is minified. */
export async function readSourceFile(file: string): Promise<SourceFile | undefined> {
  const text = await readFile(file, 'utf8');
  if (text.length > MAX_LINE * (text.split('\n').length + 5)) return undefined;
  const exact = parseJavaScript(text);
  const code = exact === undefined ? (stripped(file, text) ?? text) : text;
  const program = exact ?? parseJavaScript(code);
  const parents = new Map<AnyNode, AnyNode>();
  const nodes: AnyNode[] = [];
  const visit = (node: AnyNode): void => {
    nodes.push(node);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      visit(child);
    }
  };
  if (program !== undefined) visit(program);
  return {
    file,
    text: code,
    program,
    hasPlaces: exact !== undefined,
    nodes,
    parentOf: (node) => parents.get(node),
  };
}

function parseJavaScript(text: string): Program | undefined {
  const options: Options = {
    ecmaVersion: 'latest',
    allowHashBang: true,
    allowReturnOutsideFunction: true,
    locations: true,
  };
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(text, { ...options, sourceType });
    } catch {
      // The other kind, or none.
    }
  }
  return undefined;
}

/** Without types and JSX. `undefined` when no parser can read it. */
function stripped(file: string, text: string): string | undefined {
  const transforms = BEYOND[extname(file)] ?? [];
  try {
    return transform(text, { transforms, disableESTransforms: true }).code;
  } catch {
    return undefined;
  }
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
