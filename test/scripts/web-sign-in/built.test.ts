import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { root } from '../../../scripts/project/root';

const LIBRARY = `${root}/dist/lib/web-sign-in`;

test('a page loads less than 6 kB, which import nothing', () => {
  const script = readFileSync(`${LIBRARY}.js`);
  expect(gzipSync(script).length).toBeLessThan(6_000);
  const { importedFiles } = ts.preProcessFile(script.toString());
  expect(importedFiles).toEqual([]);
});

test('a page of others compiles with the declarations alone', () => {
  const consumer = `${root}/dist/lib/consumer.ts`;
  const source = `
    import { check, onChange, signInByPhone, signOut, token } from './web-sign-in';
    const place = { gateway: 'https://gateway.example', site: 'shop' };
    const outcome = await signInByPhone({ ...place, show: ({ qr }) => { qr.trim(); } });
    if (outcome.state === 'refused') outcome.error.trim();
    const checked = await check(place);
    if (checked.state === 'signed-in') checked.session.createdAt.toFixed();
    const { confirmed } = await signOut({ ...place, storage: sessionStorage });
    onChange(place, () => token(place)?.trim())();
    // @ts-expect-error: nothing else can be confirmed
    const wrong: string = confirmed;
    export { wrong };
  `;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === consumer || fileExists(file);
  host.getSourceFile = (file, language) =>
    file === consumer ? ts.createSourceFile(file, source, language) : getSourceFile(file, language);
  const program = ts.createProgram([consumer], options, host);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});
