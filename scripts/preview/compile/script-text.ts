/** The compiled scripts as JavaScript: a registry of modules, each a function. */
import type { ScriptPlace } from '../bundle/bundle';
import type { CompiledScript } from './scripts';
import { sourceLines } from './source-maps';

/** What WeChat gives every script as a global. */
const GIVEN = [
  'wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'Date', 'global', 'Function',
] as const; // prettier-ignore

/** What a browser has and WeChat's script layer lacks. */
const LACKING = [
  'window', 'document', 'self', 'parent', 'top', 'frames', 'location', 'history', 'navigator', 'localStorage',
  'sessionStorage', 'indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'alert', 'confirm', 'prompt',
  'crypto', 'structuredClone', 'TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams', 'AbortController', 'Blob',
  'FormData', 'Headers', 'Request', 'Response', 'btoa', 'atob', 'performance', 'queueMicrotask',
  'requestAnimationFrame', 'process',
] as const; // prettier-ignore

const SETTINGS_FILE = 'config.js';

const HEAD = `function ({ ${GIVEN.join(', ')} }) {
var ${LACKING.join(', ')};
return {
`;

/**
 * JavaScript whose value is a `ModuleMaker`.
 *
 * @param settings what config.js exports instead of its own; moves no line
 */
export function scriptText(scripts: readonly CompiledScript[], settings?: object): string {
  const modules = scripts.map(({ file, code }) => {
    const end = file === SETTINGS_FILE ? exporting(settings) : '';
    return `${JSON.stringify(file)}: function (module, exports, require) {\n${code}\n${end}},\n`;
  });
  return `${HEAD}${modules.join('')}};\n}`;
}

function exporting(settings: object | undefined): string {
  return settings === undefined
    ? ''
    : `module.exports = Object.assign({}, module.exports, ${JSON.stringify(settings)});`;
}

interface PlacedScript {
  script: CompiledScript;
  /** From 0, in the text that `scriptText` makes part of. */
  line: number;
  lineCount: number;
}

/** @param before lines of what stands before `scriptText` */
function placed(scripts: readonly CompiledScript[], before: number): PlacedScript[] {
  let line = before + linesIn(HEAD);
  return scripts.map((script) => {
    const lineCount = linesIn(script.code) + 1;
    const place = { script, line: line + 1, lineCount };
    line += lineCount + 2;
    return place;
  });
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** Where each script stands in the bundle, and where its lines were written. */
export function scriptPlaces(scripts: readonly CompiledScript[], before: number): ScriptPlace[] {
  return placed(scripts, before).map(({ script, line, lineCount }) => {
    const written = script.isBuilt ? sourceLines(script.map, lineCount) : undefined;
    return { file: written?.file ?? script.file, line: line + 1, ...linesOf(written?.lines) };
  });
}

function linesOf(lines: number[] | undefined): Pick<ScriptPlace, 'lines'> {
  return lines === undefined ? {} : { lines };
}

/** The maps of all scripts as one index map, for a browser's developer tools. */
export function scriptSourceMap(scripts: readonly CompiledScript[], before: number): string {
  return JSON.stringify({
    version: 3,
    sections: placed(scripts, before).map(({ script, line }) => ({
      offset: { line, column: 0 },
      map: { ...script.map, sourceRoot: 'miniprogram:///' },
    })),
  });
}
