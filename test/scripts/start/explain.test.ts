import { afterEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { CommandError } from '../../../scripts/lib/command-error';
import { speak } from '../../../scripts/lib/language';
import { explaining, prepareData } from '../../../scripts/start/explain';
import { LocalCloudStartError } from '#local-cloud';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

afterEach(() => {
  removeMiniprograms();
  speak('en');
});

test('a file in the place of the data is named, in both languages', async () => {
  const data = join(writeFolder({ file: '' }), 'file');
  const preparing = () => prepareData({ port: 0, data });
  await expect(preparing()).rejects.toThrow(CommandError);
  await expect(preparing()).rejects.toThrow(`The data cannot be kept in ${data} (`);
  speak('zh');
  await expect(preparing()).rejects.toThrow(`${data} 不能用来存放数据：`);
});

test.each([
  ['beside a page', { port: 1, cloudPort: 2 }, /^Port 2 is in use: .* with --cloud-port\.$/],
  ['by itself', { port: 2 }, /^Port 2 is in use: .* with --port\.$/],
])('the port of a cloud %s is changed by its own option', async (_, ports, sentence) => {
  const inUse = () => Promise.reject(new LocalCloudStartError('PORT_IN_USE', ''));
  await expect(explaining({ ...ports, data: '' }, inUse)).rejects.toThrow(sentence);
});
