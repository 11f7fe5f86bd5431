import { afterAll, describe, expect, test } from '@jest/globals';
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
