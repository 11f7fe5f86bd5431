import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../scripts/lib/command-line';
import { readUploadOptions } from '../../../scripts/upload/options';
import { explainUpload, send, type UploadingCi } from '../../../scripts/upload/send';

const FALLBACK = { version: '0.1.0', keyFile: 'private.wx1.key' };
const DESTINATION = { appid: 'wx1', projectDir: 'project', qrFile: 'qr.jpg' };

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
    const options = readUploadOptions(['--version', '1.2.3', '--robot', '7'], FALLBACK);
    expect(await send(ci, DESTINATION, options)).toContain('Version 1.2.3 is uploaded (110 kB)');
    expect(calls).toMatchObject([
      {
        did: 'upload',
        version: '1.2.3',
        robot: 7,
        setting: { es6: false },
        project: {
          options: { appid: 'wx1', projectPath: 'project', privateKeyPath: 'private.wx1.key' },
        },
      },
    ]);
  });

  test('as a preview shows a code and uploads no version', async () => {
    const { ci, calls } = fakeCi();
    const options = readUploadOptions(['--preview'], FALLBACK);
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
  ])('%j is refused', (args) => {
    expect(() => readUploadOptions(args, FALLBACK)).toThrow(UsageError);
  });

  test.each([
    ['{"errCode":-10008,"errMsg":"invalid ip: 1.2.3.4"}', 'IP白名单'],
    ['getaddrinfo ENOTFOUND servicewechat.com', 'check the network'],
    ['private key wrong', '生成'],
  ])('%s: it says what to do', (message, advice) => {
    expect(explainUpload(new Error(message))).toContain(advice);
  });
});
