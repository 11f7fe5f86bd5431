import { afterAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

/** A cloud of nothing that hears when it is closed. */
const fakeCloud = (url: string) => {
  const cloud = {
    url,
    closed: 0,
    close: () => {
      cloud.closed += 1;
      return Promise.resolve();
    },
  };
  return cloud;
};

describe('cloud, provider and preview', () => {
  test('know each other, and end together', async () => {
    let providerUrl = '';
    const cloud = fakeCloud('http://127.0.0.1:1');
    const stack = await startStack({
      miniprogramDir: writeMiniprogram(),
      startCloud: ({ gateway }) => {
        providerUrl = gateway?.['GATEWAY_QQ_URL'] ?? '';
        return Promise.resolve(cloud);
      },
    });
    expect(stack.cloud).toBe(cloud);
    expect((await fetch(stack.url)).status).toBe(200);
    expect((await fetch(`${stack.url}/cloud/calls`)).status).toBe(502);
    expect((await fetch(`${providerUrl}/sns/jscode2session`)).status).toBe(200);
    await stack.close();
    expect(cloud.closed).toBe(1);
    for (const url of [stack.url, providerUrl]) await expect(fetch(url)).rejects.toThrow();
  });

  test('tell what the mini program warns of, and again when that is new', async () => {
    const warnings: string[] = [];
    const usingComponents = { card: '/none' };
    const miniprogramDir = writeMiniprogram({ 'pages/home/index.json': { usingComponents } });
    const stack = await startStack({
      miniprogramDir,
      inProject: 'miniprogram',
      onWarning: (line) => warnings.push(line),
      startCloud: () => Promise.resolve(fakeCloud('http://127.0.0.1:1')),
    });
    const missing = /^warning {2}miniprogram\/pages\/home\/index\.json.*: names \/none, and there/;
    expect(warnings).toEqual([expect.stringMatching(missing)]);
    await stack.refresh();
    const pages = ['pages/home/index', 'pages/nope/index'];
    writeFileSync(join(miniprogramDir, 'app.json'), JSON.stringify({ pages }));
    await stack.refresh();
    const noPage = /^warning {2}miniprogram\/app\.json.*: names pages\/nope\/index, and/;
    expect(warnings[1]).toMatch(noPage);
    expect(warnings.filter((line) => missing.test(line))).toHaveLength(1);
    await stack.close();
  });

  test('end when one of them does not start', async () => {
    const running = await startStack({
      miniprogramDir: writeMiniprogram(),
      startCloud: () => Promise.resolve(fakeCloud('http://127.0.0.1:1')),
    });
    let providerUrl = '';
    const cloud = fakeCloud('http://127.0.0.1:1');
    const second = startStack({
      miniprogramDir: writeMiniprogram(),
      port: Number(new URL(running.url).port),
      startCloud: ({ gateway }) => {
        providerUrl = gateway?.['GATEWAY_QQ_URL'] ?? '';
        return Promise.resolve(cloud);
      },
    });
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    expect(cloud.closed).toBe(1);
    await expect(fetch(providerUrl)).rejects.toThrow();
    await running.close();
  });
});
