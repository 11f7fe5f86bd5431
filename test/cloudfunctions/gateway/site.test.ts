import { expect, test } from '@jest/globals';
import { readGatewayConfig } from '#functions/configuration';

const SHOP = {
  GATEWAY_SITES: 'shop',
  GATEWAY_SITE_SHOP_NAME: '小店',
  GATEWAY_SITE_SHOP_ORIGINS: 'https://shop.example, http://127.0.0.1:5180',
};

test('a site has an id, a name and its origins; there are none by default', () => {
  expect(readGatewayConfig(SHOP)).toMatchObject({
    sites: [
      { id: 'shop', name: '小店', origins: ['https://shop.example', 'http://127.0.0.1:5180'] },
    ],
    verificationUri: undefined,
  });
  expect(readGatewayConfig({}).sites).toEqual([]);
});

test('people can be sent to a page of the site', () => {
  const GATEWAY_VERIFICATION_URI = 'https://shop.example/phone';
  expect(readGatewayConfig({ ...SHOP, GATEWAY_VERIFICATION_URI }).verificationUri).toBe(
    'https://shop.example/phone',
  );
});

test('what was copied with a space or line around it is the address that it looks like', () => {
  const GATEWAY_VERIFICATION_URI = ' https://shop.example/登录\n';
  expect(readGatewayConfig({ ...SHOP, GATEWAY_VERIFICATION_URI }).verificationUri).toBe(
    'https://shop.example/%E7%99%BB%E5%BD%95',
  );
});

test.each<[string, object]>([
  ['GATEWAY_SITE_SHOP_NAME is missing', { GATEWAY_SITE_SHOP_NAME: ' \u200B' }],
  [
    'GATEWAY_SITE_SHOP_NAME must have 32 characters or less',
    { GATEWAY_SITE_SHOP_NAME: '店'.repeat(33) },
  ],
  ['GATEWAY_SITE_SHOP_ORIGINS is missing', { GATEWAY_SITE_SHOP_ORIGINS: '' }],
  [
    'GATEWAY_SITE_SHOP_ORIGINS must be origins',
    { GATEWAY_SITE_SHOP_ORIGINS: 'https://shop.example/' },
  ],
  ['http only on loopback', { GATEWAY_SITE_SHOP_ORIGINS: 'http://shop.example' }],
  ['GATEWAY_SITE_SHOP_ORIGINS must be origins', { GATEWAY_SITE_SHOP_ORIGINS: '*' }],
  ['GATEWAY_SITE_SHOP_ORIGINS must', { GATEWAY_SITE_SHOP_ORIGINS: 'https://*.shop.example' }],
  ['GATEWAY_SITES must be ids', { GATEWAY_SITES: 'Shop' }],
  ['GATEWAY_SITES must be ids', { GATEWAY_SITES: 'shop-eu' }],
  ['GATEWAY_SITES has a site twice', { GATEWAY_SITES: 'shop,shop' }],
  ['GATEWAY_VERIFICATION_URI must be', { GATEWAY_VERIFICATION_URI: 'http://shop.example/phone' }],
  ['GATEWAY_VERIFICATION_URI must be', { GATEWAY_VERIFICATION_URI: 'https://shop.example/?next=' }],
  ['GATEWAY_VERIFICATION_URI must be', { GATEWAY_VERIFICATION_URI: 'https://shop.example/#' }],
  ['GATEWAY_VERIFICATION_URI must be', { GATEWAY_VERIFICATION_URI: 'https://shop.example/?' }],
  ['GATEWAY_VERIFICATION_URI must be', { GATEWAY_VERIFICATION_URI: 'javascript:alert(1)' }],
])('%s: the gateway does not start with %j', (problem, changes) => {
  expect(() => readGatewayConfig({ ...SHOP, ...changes })).toThrow(problem);
});
