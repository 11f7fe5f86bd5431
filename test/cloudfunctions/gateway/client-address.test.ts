import { describe, expect, test } from '@jest/globals';
import { clientAddressOf } from '../../../cloudfunctions/gateway/client-address';

const DOCUMENTED = { requestId: 'r', envId: 'e', appId: 1, uin: 1 };
const address = (
  requestContext: unknown,
  headers: Record<string, string> = {},
  header?: string,
): string | undefined => clientAddressOf({ requestContext, headers: new Headers(headers) }, header);

const CLAIMS = {
  'x-forwarded-for': '203.0.113.7',
  forwarded: 'for=203.0.113.7',
  'x-real-ip': '203.0.113.7',
  'x-client-ip': '203.0.113.7',
};

describe('the address of a client', () => {
  test.each([DOCUMENTED, {}, undefined, null, 'text', { sourceIp: 7 }, { sourceIp: 'unknown' }])(
    'is not known where the cloud tells none: %j',
    (requestContext) => {
      expect(address(requestContext)).toBeUndefined();
    },
  );

  test('is never what the caller claims', () => {
    expect(address(DOCUMENTED, CLAIMS)).toBeUndefined();
    expect(address({ sourceIp: '198.51.100.1' }, CLAIMS)).toBe('198.51.100.1');
  });

  test('is in the header that the cloud is known to write, and in no other place then', () => {
    const sourceIp = { sourceIp: '198.51.100.1' };
    expect(address(sourceIp, CLAIMS, 'x-real-ip')).toBe('203.0.113.7');
    expect(address(sourceIp, { 'x-forwarded-for': '203.0.113.7' }, 'x-real-ip')).toBeUndefined();
    expect(address({}, { 'x-real-ip': '203.0.113.7, 10.0.0.1' }, 'x-real-ip')).toBeUndefined();
  });

  test.each([
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s counts as %s: of its second half everybody has enough', (sourceIp, expected) => {
    expect(address({ sourceIp })).toBe(expected);
  });
});
