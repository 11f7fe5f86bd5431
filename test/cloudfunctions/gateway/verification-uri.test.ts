import { Hono } from 'hono';
import { expect, test } from '@jest/globals';
import type { GatewayBindings } from '../../../cloudfunctions/gateway/route';
import { verificationUri } from '../../../cloudfunctions/gateway/verification-uri';

const SHOP = { id: 'shop', name: '小店', origins: ['https://shop.example'] };

test.each([
  ['g.example', 'https://g.example/gateway/v1/device'],
  ['G.Example:443', 'https://g.example/gateway/v1/device'],
  ['g.example:8443', 'https://g.example:8443/gateway/v1/device'],
  ['127.0.0.1:5180', 'http://127.0.0.1:5180/gateway/v1/device'],
  ['somebody@g.example', 'https://shop.example/'],
  ['g.example/elsewhere', 'https://shop.example/'],
  ['', 'https://shop.example/'],
])('asked as %j, the gateway sends people to %s', async (host, uri) => {
  const app = new Hono<GatewayBindings>();
  app.get('*', (c) => c.text(verificationUri(c, undefined, SHOP)));
  const reply = await app.request('/gateway/v1/device_authorization', { headers: { host } });
  expect(await reply.text()).toBe(uri);
});
