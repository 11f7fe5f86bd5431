import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { text } from '../lib/language';

/** Resolves to whether the answer is yes, 是 too. Anything else, and the end of the input, is no. */
export async function askYesNo(
  question: string,
  input: Readable = process.stdin,
  output: Writable = process.stderr,
): Promise<boolean> {
  const questions = createInterface({ input, output });
  // A question that is never answered settles no more.
  const closed = new Promise<string>((resolve) => {
    questions.once('close', () => resolve(''));
  });
  try {
    const asked = text({ zh: `${question}（y/N）`, en: `${question} [y/N] ` });
    const answer = await Promise.race([questions.question(asked), closed]);
    return /^(y(es)?|是)$/i.test(answer.trim());
  } finally {
    questions.close();
  }
}
