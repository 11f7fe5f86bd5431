import ts from 'typescript';

/** The mini program's TypeScript, with its types, as `tsconfig.json` in `dir` describes it. */
export function readProgram(dir: string): ts.Program {
  const file = `${dir}/tsconfig.json`;
  const config: { config?: unknown } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, dir);
  return ts.createProgram({ rootNames: fileNames, options });
}
