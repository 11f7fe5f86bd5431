import { describe, expect, test } from '@jest/globals';
import { zhCN } from '../../../miniprogram/i18n/copy';
import { failOnConsoleError, mount } from '../../support/mount';

failOnConsoleError();

function mountSheet(open: boolean) {
  const sheet = mount('components/privacy-sheet/index', { open, copy: zhCN.privacy });
  return { ...sheet, heard: sheet.heard('agree', 'disagree', 'guide') };
}

describe('the privacy sheet', () => {
  test('is not there until it is opened', () => {
    expect(mountSheet(false).text('privacy-title')).toBeUndefined();
  });

  test('names the guide, and offers both answers', () => {
    const sheet = mountSheet(true);
    expect(sheet.text('privacy-title')).toBe('隐私保护提示');
    expect(sheet.text('privacy-text')).toContain('《用户隐私保护指引》');
    expect([sheet.text('privacy-agree'), sheet.text('privacy-disagree')]).toEqual(['同意', '拒绝']);
  });

  test('agrees only by the button that WeChat looks at: a mere tap on it says nothing', async () => {
    const sheet = mountSheet(true);
    await sheet.tap('privacy-agree');
    expect(sheet.heard).toEqual([]);
    await sheet.send('privacy-agree', 'agreeprivacyauthorization', {});
    expect(sheet.heard).toEqual(['agree']);
  });

  test('reports the link, the refusal, and a tap beside it as a refusal', async () => {
    const sheet = mountSheet(true);
    for (const className of ['guide', 'privacy-disagree', 'mask']) await sheet.tap(className);
    expect(sheet.heard).toEqual(['guide', 'disagree', 'disagree']);
  });
});
