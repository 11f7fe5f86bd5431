import { MiniprogramCompileError, type Problem } from '../miniprogram-files/compile-error';

/** The problems in `folder`, among them that it does not compile. */
export async function inFolder(
  folder: string,
  find: () => readonly Problem[] | Promise<readonly Problem[]>,
): Promise<Problem[]> {
  const problems = await problemsOf(find);
  return problems.map((problem) => ({ ...problem, file: `${folder}/${problem.file}` }));
}

async function problemsOf(
  find: () => readonly Problem[] | Promise<readonly Problem[]>,
): Promise<readonly Problem[]> {
  try {
    return await find();
  } catch (cause) {
    if (cause instanceof MiniprogramCompileError) return cause.problems;
    throw cause;
  }
}

/** `file:line:column: what is wrong` */
export function describe({ file, line, column, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}
