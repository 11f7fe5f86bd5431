/** The upload itself, through miniprogram-ci, which is installed on demand. */
import { text, type Text } from '../lib/language';
import type { UploadOptions } from './options';

/** What is used of https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html. */
export interface UploadingCi {
  Project: new (options: {
    type: 'miniProgram';
    appid: string;
    projectPath: string;
    privateKeyPath: string;
  }) => object;
  upload(options: object): Promise<{ subPackageInfo?: { name: string; size: number }[] }>;
  preview(options: object): Promise<unknown>;
}

export interface Destination {
  appid: string;
  /** Holds project.config.json. */
  projectDir: string;
  /** Where the QR code goes as a picture. */
  qrFile: string;
}

/** The build is uploaded unchanged. */
const SETTING = { es6: false, minify: true };

/** Resolves to a sentence for the person who waits. */
export async function send(
  ci: UploadingCi,
  { appid, projectDir, qrFile }: Destination,
  { preview, version, description: desc, keyFile, robot }: UploadOptions,
): Promise<string> {
  const project = new ci.Project({
    type: 'miniProgram',
    appid,
    projectPath: projectDir,
    privateKeyPath: keyFile,
  });
  const common = { project, desc, setting: SETTING, robot, onProgressUpdate: () => undefined };
  if (preview) {
    await ci.preview({ ...common, qrcodeFormat: 'image', qrcodeOutputDest: qrFile });
    await ci.preview({ ...common, qrcodeFormat: 'terminal' });
    return text({
      zh: `请用微信扫码。二维码也存到了 ${qrFile}。`,
      en: `Scan the code with WeChat. It is in ${qrFile} too.`,
    });
  }
  const { subPackageInfo = [] } = await ci.upload({ ...common, version });
  const whole = subPackageInfo.find(({ name }) => name === '__FULL__')?.size;
  const kilobytes = whole === undefined ? '' : `${(whole / 1024).toFixed(0)} kB`;
  return text({
    zh: `版本 ${version} 已上传${kilobytes && `（${kilobytes}）`}。请到微信公众平台 → 版本管理 → 开发版本提交审核。`,
    en: `Version ${version} is uploaded${kilobytes && ` (${kilobytes})`}. Submit it at 微信公众平台 → 版本管理 → 开发版本.`,
  });
}

const ADVICE: readonly (readonly [pattern: RegExp, advice: Text])[] = [
  [
    /invalid ip|-10008|-80011/i,
    {
      zh: '本机的 IP 不在白名单里：微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → IP白名单。',
      en: 'The address of this machine is not allowed: 微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → IP白名单.',
    },
  ],
  [
    /private key|-10010|-10012|signature/i,
    {
      zh: '密钥不是这个 appid 的：微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → 生成。',
      en: 'The key is not that of this appid: 微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → 生成.',
    },
  ],
  [
    /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN/,
    {
      zh: '连不上微信的服务器：请检查网络。',
      en: "WeChat's servers could not be reached: check the network.",
    },
  ],
];

/** What went wrong, and what to do. */
export function explainUpload(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const advice = ADVICE.find(([pattern]) => pattern.test(message))?.[1];
  const failed = text({ zh: `失败：${message}`, en: `Failed: ${message}` });
  return [failed, ...(advice === undefined ? [] : [text(advice)])].join('\n');
}
