/** The compiler in a process of its own: it prints a lot, and leaves processes running. */
import { compileWithWechat } from './wechat-compiler';

export type CompileResult = { ok: true; files: number } | { ok: false; message: string };

async function main([toolsDir = '', projectDir = '', zipFile = '']: readonly string[]) {
  return compileWithWechat({ toolsDir, projectDir, zipFile }).then<CompileResult, CompileResult>(
    (files) => ({ ok: true, files: files.length }),
    (cause: unknown) => ({
      ok: false,
      message: cause instanceof Error ? cause.message : String(cause),
    }),
  );
}

void main(process.argv.slice(2)).then((result) => process.send?.(result));
