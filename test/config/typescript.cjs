/** TypeScript to CommonJS, by the same esbuild that builds what is deployed. */
'use strict';

const { version } = require('esbuild/package.json');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  supported: { 'dynamic-import': true },
  sourcemap: 'inline',
};

/** Of a file of this project; packages that are modules only are still imported. */
const DYNAMIC_IMPORT = /\bimport\(("[.#][^"]*")\)/g;
const REQUIRE = 'Promise.resolve().then(() => require($1))';

/** What a result depends on, beside the source and the name of its file. */
const key = JSON.stringify([version, options, REQUIRE]);

function compile(source, file) {
  // Here: what is kept in a cache needs no compiler.
  const { transformSync } = require('esbuild');
  const { code } = transformSync(source, { ...options, sourcefile: file });
  return code.replace(DYNAMIC_IMPORT, REQUIRE);
}

module.exports = { compile, key };
