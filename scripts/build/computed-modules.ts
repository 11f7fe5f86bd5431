/**
 * Modules named `*.computed.ts`, which export one value by default: they run when a function is
 * built, and the bundle holds the value. What they compute it from does not get into the cloud.
 */
import { runInNewContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';

export const computedModules: Plugin = {
  name: 'computed-modules',
  setup(bundler) {
    bundler.onLoad({ filter: /\.computed\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [path],
        bundle: true,
        platform: 'node',
        format: 'cjs',
        logLevel: 'warning',
        write: false,
      });
      const module = { exports: {} as { default?: unknown } };
      runInNewContext(outputFiles[0]?.text ?? '', { module, exports: module.exports, require });
      return { contents: `export default ${JSON.stringify(module.exports.default)};` };
    });
  },
};
