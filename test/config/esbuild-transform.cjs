// jest transformer: TypeScript to CommonJS by the same esbuild that builds what is deployed.
const { createHash } = require('node:crypto');
const esbuild = require('esbuild');

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' };

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256')
      .update(esbuild.version)
      .update(JSON.stringify(options))
      .update(file)
      .update(source)
      .digest('hex'),
  process: (source, file) => esbuild.transformSync(source, { ...options, sourcefile: file }),
};
