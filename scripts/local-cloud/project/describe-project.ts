/** What was found in a project, for the person who starts the local cloud on it. */
import { relative } from 'node:path';
import type { FunctionFolder } from './function-folder';
import type { Project } from './project';

/** How many lines of one kind are shown. */
const MAX_LINES = 5;
/** The first version that can be given an address: older ones would leave the machine. */
const OLDEST_SDK = [2, 1] as const;

/** One line each. */
export function describeProject(project: Project): string[] {
  const { miniprogram, functionsDir, functions, collections, problems } = project;
  const running = functions.filter(({ script }) => script === 'index.js');
  const idle = functions.filter(({ script }) => script !== 'index.js');
  const where = functionsDir === undefined ? '' : ` in ${shown(functionsDir)}`;
  const timers = running.flatMap(({ name, timer }) => (timer ? [`${name} (${timer})`] : []));
  const open = running.flatMap(({ openInterfaces }) => openInterfaces);
  return [
    ...(miniprogram === undefined ? [] : [`project ${shown(miniprogram.root)}`]),
    ...listed(
      `${count(running.length, 'function', 'functions')}${where}`,
      running.map(nameOf),
      functionsDir,
    ),
    ...listed('not functions', idle.map(withoutScript)),
    ...listed('timers', timers),
    ...listed('open interfaces', [...new Set(open)].sort()),
    ...listed(
      count(collections.names.length, 'collection', 'collections'),
      collections.names,
      collections,
    ),
    ...permissionsOf(project),
    ...listed('left to functions, which create them', collections.made),
    ...unknownNames(project),
    ...problems,
    ...running.flatMap(tooOld),
    ...lacking(running),
  ];
}

/** The arguments of npm that install what a function lacks. */
export function installArguments({ folder, missing, isDeclared }: FunctionFolder): string[] {
  return ['install', '--prefix', folder, ...(isDeclared ? [] : missing)];
}

/** @param always whether it is said where there are none, too */
function listed(what: string, names: readonly string[], always?: unknown): string[] {
  if (names.length > 0) return [`${what}: ${names.join(', ')}`];
  return always === undefined ? [] : [what];
}

/** A new collection is PRIVATE; which ones its owner has opened in the console, no file says. */
function permissionsOf({ miniprogram, collections }: Project): string[] {
  if (miniprogram === undefined || collections.names.length === 0) return [];
  return [
    '  where a page asks for them itself, it gets what its user added; all of it with --permission NAME=READONLY',
  ];
}

function nameOf({ name }: FunctionFolder): string {
  return name;
}

const REASONS = {
  'index.js': '',
  misnamed: 'a name takes letters, digits, - and _',
  typescript: 'index.ts: build it first',
  none: 'no index.js',
};

function withoutScript({ name, script }: FunctionFolder): string {
  return `${name} (${REASONS[script]})`;
}

function unknownNames({ collections: { unknown } }: Project): string[] {
  if (unknown.length === 0) return [];
  const places = unknown.map(
    ({ file, line, text }) =>
      `  collection(${text}) in ${shown(file)}${line === undefined ? '' : `:${line}`}`,
  );
  return [
    'not known, because the name is computed; make them with --collection NAME:',
    ...places.slice(0, MAX_LINES),
    ...more(places.length),
  ];
}

function tooOld({ name, folder, sdk }: FunctionFolder): string[] {
  if (sdk === undefined) return [];
  const [major = NaN, minor = NaN] = sdk.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_SDK;
  if (!(major < oldest || (major === oldest && minor < oldestMinor))) return [];
  const command = `npm install --prefix ${quoted(shown(folder))} wx-server-sdk@latest`;
  return [
    `${name} has wx-server-sdk ${sdk}, which can't be told to use the local cloud; 2.1 or newer can:`,
    `  ${command}`,
  ];
}

function lacking(functions: readonly FunctionFolder[]): string[] {
  const those = functions.filter(({ missing }) => missing.length > 0);
  if (those.length === 0) return [];
  const packages = [...new Set(those.flatMap(({ missing }) => missing))].sort();
  return [
    `${count(those.length, 'function requires', 'functions require')} what is not installed: ${packages.join(', ')}`,
    'install it with --install, or yourself:',
    ...those.slice(0, MAX_LINES).map((one) => {
      const words = installArguments({ ...one, folder: shown(one.folder) });
      return `  npm ${words.map(quoted).join(' ')}`;
    }),
    ...more(those.length),
  ];
}

function more(number: number): string[] {
  return number > MAX_LINES ? [`  and ${number - MAX_LINES} more`] : [];
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** As short as it can be said from here. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  if (short === '') return '.';
  return short.startsWith('..') ? path : short;
}

function quoted(word: string): string {
  return /^[\w@./:~^+=-]+$/.test(word) ? word : JSON.stringify(word);
}
