/** The panel with more documents, and with larger ones, than it can show. */
import { afterAll, expect } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOtherStack } from '../../scripts/stack';
import { browserTest, openTab } from '../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../support/miniprogram-folder';

afterAll(removeMiniprograms);

browserTest('shows the latest of 10,000 documents, and the beginning of a large one', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'large-collection-'));
  const stack = await startOtherStack({
    project: { id: 'large', title: 'Large', appid: 'wx1' },
    miniprogramDir: writeMiniprogram(),
    collections: ['many', 'large'],
    dataDir,
  });
  const insert = async (collectionName: string, documents: object[]): Promise<void> => {
    const data = documents.map((document) => JSON.stringify(document));
    const body = JSON.stringify({ action: 'database.insertDocument', collectionName, data });
    await fetch(new URL('cloud/admin', stack.url), { method: 'POST', body });
  };
  try {
    for (let n = 0; n < 10_000; n += 500)
      await insert(
        'many',
        Array.from({ length: 500 }, (_, at) => ({ n: n + at })),
      );
    await insert('large', [
      { text: 'x'.repeat(500_000), list: Array.from({ length: 5000 }, (_, at) => at) },
    ]);
    const { page, errors } = await openTab();
    await page.goto(stack.url);
    const documents = page.locator('.document');

    await page.locator('[data-collection="many"][aria-pressed="true"]').waitFor();
    await page.getByText('50 of 10000').or(page.getByText('50 条，共 10000 条')).waitFor();
    expect(await documents.count()).toBe(50);
    expect(await documents.first().innerText()).toContain('n: 9999');
    await page.locator('.collection-details > .button').click();
    await page.locator('.document:nth-of-type(100)').waitFor();
    expect(await documents.count()).toBe(100);

    await page.locator('[data-collection="large"]').click();
    await page.locator('.document', { hasText: 'xxx' }).click();
    const text = await documents.locator('.value--text', { hasText: 'xxx' }).innerText();
    expect(text).toHaveLength(4001);
    await documents.getByText('list', { exact: true }).click();
    const parts = documents.locator('.part .part');
    await parts.first().waitFor();
    expect(await parts.count()).toBe(100);
    expect(errors).toEqual([]);
    await page.goto('about:blank');
  } finally {
    await stack.close();
    await rm(dataDir, { recursive: true });
  }
});
