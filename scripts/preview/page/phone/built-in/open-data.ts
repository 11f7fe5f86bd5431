import { h } from '../../shared/dom';
import { UNKNOWN_AVATAR } from '../state/unknown-person';
import type { BuiltIn } from './built-in';

/**
 * https://developers.weixin.qq.com/miniprogram/dev/component/open-data.html: since 2022 everybody is
 * 微信用户 with a grey picture, and the rest is empty.
 */
export const openData = (unknownPerson: string): BuiltIn => ({
  properties: {
    type: String,
    openGid: String,
    lang: String,
    defaultText: String,
    defaultAvatar: String,
  },
  update: (element) => {
    const { host } = element;
    const type = element.text('type');
    if (type === 'userAvatarUrl') {
      host.replaceChildren(
        h('img', { src: element.text('defaultAvatar') || UNKNOWN_AVATAR, alt: '' }),
      );
      return;
    }
    const name = type === 'userNickName' ? unknownPerson : '';
    host.replaceChildren(element.text('defaultText') || name);
  },
});
