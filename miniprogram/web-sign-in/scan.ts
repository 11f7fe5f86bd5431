import { userCodeFromScan } from './user-code';

/** `foreign`: it was no code to sign in with. `failed`: e.g. the camera may not be used. */
export type Scanned = { code: string } | 'cancelled' | 'foreign' | 'failed';

/** Lets the person scan the code that a web page shows. */
export async function scanUserCode(): Promise<Scanned> {
  let scanned: WechatMiniprogram.ScanCodeSuccessCallbackResult;
  try {
    scanned = await wx.scanCode({});
  } catch (error) {
    const { errMsg = '' } = error as { errMsg?: string };
    return errMsg.includes('cancel') ? 'cancelled' : 'failed';
  }
  const code = userCodeFromScan(scanned);
  return code === undefined ? 'foreign' : { code };
}
