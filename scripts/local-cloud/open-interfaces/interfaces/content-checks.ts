/**
 * `security.*`: everything passes, but the texts that WeChat's documentation gave as examples of
 * what does not. For other verdicts, set an answer.
 */
import { randomUUID } from 'node:crypto';
import {
  Media,
  requiredOpenId,
  requiredText,
  WeChatError,
  type OpenCall,
  type OpenInterface,
} from '../open-interface';

const RISKY_EXAMPLES = [
  '特3456书yuuo莞6543李zxcz蒜7782法fgnv级',
  '完2347全dfji试3726测asad感3847知qwez到',
];

/** Of version 2. */
const SCENES: readonly unknown[] = [1, 2, 3, 4];
const PASSED = { suggest: 'pass', label: 100 };
/** 20006 is one of the labels of what breaks the law. */
const RISKY = { suggest: 'risky', label: 20006 };

const MAX_PICTURE_BYTES = 1024 * 1024;

export const msgSecCheck: OpenInterface = {
  answer(call) {
    const content = requiredText(call, 'content', 44002, 'empty post data');
    const isRisky = RISKY_EXAMPLES.some((example) => content.includes(example));
    if (call.args['version'] !== 2) {
      if (isRisky) throw new WeChatError(87014, 'risky content');
      return {};
    }
    checkScene(call);
    const verdict = isRisky ? RISKY : PASSED;
    return {
      result: verdict,
      detail: [{ strategy: 'content_model', errcode: 0, ...verdict, prob: 90 }],
      trace_id: randomUUID(),
    };
  },
};

export const imgSecCheck: OpenInterface = {
  answer({ args }) {
    const { media } = args;
    if (!(media instanceof Media)) throw new WeChatError(41005, 'media data missing');
    if (media.content.length > MAX_PICTURE_BYTES)
      throw new WeChatError(40006, 'invalid media size');
    return {};
  },
};

/** Its verdict, which WeChat pushes later, does not come. */
export const mediaCheckAsync: OpenInterface = {
  answer(call) {
    requiredText(call, 'media_url', 44002, 'empty post data');
    const { media_type: type, version } = call.args;
    if (type !== 1 && type !== 2) throw new WeChatError(40004, 'invalid media type');
    if (version === 2) checkScene(call);
    return { trace_id: randomUUID() };
  },
};

function checkScene(call: OpenCall): void {
  requiredOpenId(call, 'openid');
  if (!SCENES.includes(call.args['scene'])) throw new WeChatError(40129, 'invalid scene');
}
