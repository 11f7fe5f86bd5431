/**
 * Parts of the SDK that these functions seldom or never touch are evaluated, and even parsed, when
 * they are first used and not when a function starts: most of a cold start was spent on them (an
 * HTTP client, a MySQL client, AI, XML, MIME types).
 *
 * Where the SDK's compiled code says `const x = require("y")`, `x` becomes an object that requires
 * `y` when its first member is read. The packages in `RARE` stand in a file of their own beside the
 * others, `RARE_FILE`, which is read when the first of them is used. Behaviour stays the same;
 * `test/scripts/build/sdk-surface.test.ts` uses every part.
 */
import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { onlyOutput } from './only-output';

/** Packages that reading an identity and using the database do not need. */
export const RARE = [
  '@cloudbase/ai',
  '@cloudbase/app',
  '@cloudbase/wx-cloud-client-sdk',
  'axios',
  'form-data',
  'http-proxy-agent',
  'https-proxy-agent',
  'jsonwebtoken',
  'mime-db',
  'protobufjs/minimal',
  'web-streams-polyfill',
  'xml2js',
] as const;

/** Beside the bundle: what `bundleRare` makes. */
export const RARE_FILE = 'sdk-rare.js';

/** The files whose `require` lines are changed. */
const FILES =
  /node_modules[\\/](wx-server-sdk[\\/]index\.js|@cloudbase[\\/](node-sdk|database|signature-nodejs)[\\/].+\.js)$/;

/** `const x_1 = require("y");`, with or without a helper of TypeScript around it. */
const REQUIRE =
  /^(?:const|var) (\w+) = (?:(__importDefault|__importStar)\()?require\("([^"]+)"\)\)?;$/gm;

/** The same between the modules inside the bundle that `wx-server-sdk` is. */
const WEBPACK_REQUIRE =
  /^(?:const|var) (\w+) = (__webpack_require__\((?:\/\*.*?\*\/ )?"[^"]+"\));$/gm;

/** `module.exports = require("y");`, in the bundle that `wx-server-sdk` is. */
const REEXPORT = /^module\.exports = require\("([^"]+)"\);$/gm;

/** Used at once, or in a way that a proxy can't stand in for, such as `instanceof`. */
const EAGER = new Set([
  'crypto',
  'json-bigint',
  'events',
  'stream',
  '@cloudbase/node-sdk',
  '@cloudbase/database',
]);

/**
 * `lazy(load)` stands for what `load` returns, and calls it when it is first used. The target is a
 * function, so that it can be called and constructed; a bound one, because others have a
 * `prototype` that no proxy may hide. A caller that must not get a function passes its own target.
 */
const LAZY = `
module.exports = function lazy(load, target = (function () {}).bind()) {
  let value, isLoaded = false;
  const get = () => {
    if (!isLoaded) { value = load(); isLoaded = true; }
    return value;
  };
  return new Proxy(target, {
    apply: (_, self, args) => Reflect.apply(get(), self, args),
    construct: (_, args) => Reflect.construct(get(), args),
    get: (_, name) => Reflect.get(get(), name),
    set: (_, name, member) => Reflect.set(get(), name, member),
    has: (_, name) => Reflect.has(get(), name),
    deleteProperty: (_, name) => Reflect.deleteProperty(get(), name),
    getPrototypeOf: () => Reflect.getPrototypeOf(get()),
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor: (_, name) => {
      const found = Reflect.getOwnPropertyDescriptor(get(), name);
      return found && { ...found, configurable: true };
    },
  });
};
`;

/** The constructor of the SDK's app creates a client of data models: here, when it is used. */
const CLIENTS = '@cloudbase/wx-cloud-client-sdk';
const LAZY_CLIENTS = `
const lazy = require('lazy-modules:lazy');
const load = () => require('lazy-modules:rare')('${CLIENTS}').default;
exports.__esModule = true;
exports.default = {
  init: (...args) => load().init(...args),
  generateHTTPClient: (...args) => lazy(() => load().generateHTTPClient(...args), {}),
  generateMySQLClient: (...args) => load().generateMySQLClient(...args),
};
`;

/** For bundles beside which `RARE_FILE` stands. */
export const lazyModules: Plugin = {
  name: 'lazy-modules',
  setup(bundler) {
    bundler.onResolve({ filter: /^lazy-modules:/ }, ({ path }) => ({
      path: path.slice('lazy-modules:'.length),
      namespace: 'lazy-modules',
    }));
    bundler.onResolve({ filter: /^lazy-modules-file$/ }, () => ({
      path: `./${RARE_FILE}`,
      external: true,
    }));
    bundler.onResolve({ filter: /^[@\w]/ }, ({ path, importer }) =>
      (RARE as readonly string[]).includes(path) && FILES.test(importer)
        ? { path, namespace: 'lazy-modules' }
        : undefined,
    );
    bundler.onLoad({ filter: /^/, namespace: 'lazy-modules' }, ({ path }) => ({
      contents: sourceOf(path),
      loader: 'js',
    }));
    bundler.onLoad({ filter: FILES }, async ({ path }) => ({
      contents: makeLazy(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

function sourceOf(path: string): string {
  if (path === 'lazy') return LAZY;
  if (path === CLIENTS) return LAZY_CLIENTS;
  if (path === 'rare') return "module.exports = (name) => require('lazy-modules-file')(name);";
  return `module.exports = require('lazy-modules:rare')('${path}');`;
}

/** Resolves to a module that is a function: by name, one of the packages in `RARE`. */
export async function bundleRare(target: string): Promise<Uint8Array> {
  const table = RARE.map(
    (name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`,
  );
  const { outputFiles } = await build({
    stdin: {
      contents: `const table = { ${table.join(', ')} };\nmodule.exports = (name) => table[name]();`,
      resolveDir: __dirname,
      sourcefile: 'rare.js',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  return onlyOutput(outputFiles);
}

export function makeLazy(source: string): string {
  const changed = source
    .replace(REQUIRE, (line, variable: string, helper: string | undefined, name: string) => {
      if (EAGER.has(name)) return line;
      const required = `require("${name}")`;
      return `const ${variable} = __lazy(() => ${helper === undefined ? required : `${helper}(${required})`});`;
    })
    .replace(
      WEBPACK_REQUIRE,
      (_, variable: string, required: string) => `const ${variable} = __lazy(() => ${required});`,
    )
    .replace(REEXPORT, (line, name: string) =>
      EAGER.has(name) ? line : `module.exports = __lazy(() => require("${name}"));`,
    );
  return changed === source ? source : `var __lazy = require("lazy-modules:lazy"); ${changed}`;
}
