import { expect, test } from '@jest/globals';
import { tellingWarnings } from '../../../scripts/stack/warnings';

const warning = (message: string) => ({ file: 'app.json', line: 2, column: 3, message });

function telling(): { said: string[]; tell: ReturnType<typeof tellingWarnings> } {
  const said: string[] = [];
  return { said, tell: tellingWarnings((line) => said.push(line)) };
}

test('a warning is told with its place, once for as long as it is there', () => {
  const { said, tell } = telling();
  tell([warning('names x')]);
  tell([warning('names x'), warning('names x'), warning('names y')]);
  expect(said).toEqual(['warning  app.json:2:3: names x', 'warning  app.json:2:3: names y']);
  tell([]);
  tell([{ file: 'a.wxml', message: 'names x' }, warning('names y')]);
  expect(said.slice(2)).toEqual(['warning  a.wxml: names x', 'warning  app.json:2:3: names y']);
});

test('of very many, some are told and the others counted', () => {
  const { said, tell } = telling();
  tell(Array.from({ length: 100 }, (_, n) => warning(String(n))));
  expect(said).toHaveLength(9);
  expect(said.at(-1)).toBe('warning  and 92 more');
});
