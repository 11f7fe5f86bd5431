import { describe, expect, test } from '@jest/globals';
import { command } from '../../../scripts/commands/upload';
import { UsageError } from '../../../scripts/lib/command-error';
import { speak } from '../../../scripts/lib/language';
import { withDefaults, type GivenUploadOptions } from '../../../scripts/upload/options';
import { explainUpload, send, type UploadingCi } from '../../../scripts/upload/send';
import { readOptions } from '../../support/read-options';

const FALLBACK = { version: '0.1.0', keyFile: '/keys/private.wx1.key' };
const DESTINATION = { appid: 'wx1', projectDir: 'project', qrFile: 'qr.jpg' };

async function uploadOptions(args: readonly string[]) {
  return withDefaults((await readOptions(command, args)) as GivenUploadOptions, FALLBACK);
}

/** In the place of miniprogram-ci, with its calls noted. */
function fakeCi() {
  const calls: Record<string, unknown>[] = [];
  class Project {
    constructor(readonly options: object) {}
  }
  const ci: UploadingCi = {
    Project,
    upload: (options) => {
      calls.push({ did: 'upload', ...options });
      return Promise.resolve({ subPackageInfo: [{ name: '__FULL__', size: 112_640 }] });
    },
    preview: (options) => {
      calls.push({ did: 'preview', ...options });
      return Promise.resolve({});
    },
  };
  return { ci, calls };
}

describe('uploading', () => {
  test('sends what is built as it is, under the version and the robot', async () => {
    const { ci, calls } = fakeCi();
    const options = await uploadOptions(['--version', '1.2.3', '--robot', '7']);
    expect(await send(ci, DESTINATION, options)).toContain('Version 1.2.3 is uploaded (110 kB)');
    expect(calls).toMatchObject([
      {
        did: 'upload',
        version: '1.2.3',
        robot: 7,
        setting: { es6: false },
        project: {
          options: {
            appid: 'wx1',
            projectPath: 'project',
            privateKeyPath: '/keys/private.wx1.key',
          },
        },
      },
    ]);
  });

  test('as a preview shows a code and uploads no version', async () => {
    const { ci, calls } = fakeCi();
    const options = await uploadOptions(['--preview']);
    expect(await send(ci, DESTINATION, options)).toContain('qr.jpg');
    expect(calls).toMatchObject([
      { did: 'preview', qrcodeFormat: 'image', qrcodeOutputDest: 'qr.jpg' },
      { did: 'preview', qrcodeFormat: 'terminal' },
    ]);
  });

  test.each([
    [['--robot', '31']],
    [['--robot', 'x']],
    [['--version', '1.2']],
    [['--unknown']],
    [['file']],
  ])('%j is refused', async (args) => {
    await expect(uploadOptions(args)).rejects.toThrow(UsageError);
  });

  test('a version of package.json that WeChat does not take is refused', () => {
    const fallback = { ...FALLBACK, version: '1.2.3-beta.1' };
    expect(() => withDefaults({ robot: 1 }, fallback)).toThrow(/package\.json/);
    expect(withDefaults({ robot: 1, version: '1.2.3' }, fallback).version).toBe('1.2.3');
  });

  test.each([
    ['{"errCode":-10008,"errMsg":"invalid ip: 1.2.3.4"}', 'IP白名单'],
    ['getaddrinfo ENOTFOUND servicewechat.com', 'check the network'],
    ['private key wrong', '生成'],
  ])('%s: it says what to do', (message, advice) => {
    expect(explainUpload(new Error(message))).toContain(advice);
  });

  test('and in Chinese', () => {
    speak('zh');
    try {
      expect(explainUpload(new Error('getaddrinfo ENOTFOUND servicewechat.com'))).toBe(
        '失败：getaddrinfo ENOTFOUND servicewechat.com\n连不上微信的服务器：请检查网络。',
      );
    } finally {
      speak('en');
    }
  });
});
