import { afterAll, describe, expect, test } from '@jest/globals';
import { lineOfName } from '../../../scripts/miniprogram-files/line-of-name';
import { readJsonFile, readTextFile } from '../../../scripts/miniprogram-files/read-file';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

describe('a file of a mini program', () => {
  test('that is not there is no error', async () => {
    const folder = writeMiniprogram();
    expect(await readTextFile(folder, 'gone.json')).toBeUndefined();
    expect(await readJsonFile(folder, 'gone.json')).toBeUndefined();
    expect(await lineOfName(folder, 'gone.json', 'card')).toBeUndefined();
  });

  test('that cannot be read is one', async () => {
    await expect(readTextFile(writeMiniprogram(), 'a'.repeat(1_000))).rejects.toThrow(
      'ENAMETOOLONG',
    );
  });

  test.each([['[]'], ['null'], ['"text"']])(
    'must hold one JSON object, not %s',
    async (content) => {
      const folder = writeMiniprogram({ 'a.json': content });
      await expect(readJsonFile(folder, 'a.json')).rejects.toMatchObject({
        problems: [{ file: 'a.json', line: 1, column: 1, message: 'must hold one JSON object' }],
      });
    },
  );

  test('names something in the line where it stands as a JSON string', async () => {
    const folder = writeMiniprogram({ 'a.json': '{\n  "cards": 1,\n  "card": 2\n}' });
    expect(await lineOfName(folder, 'a.json', 'card')).toEqual({ line: 3 });
    expect(await lineOfName(folder, 'a.json', 'car')).toBeUndefined();
  });
});
