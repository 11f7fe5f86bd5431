import { chooseAvatar } from './chrome/choose-avatar';
import type { Copy } from './chrome/copy';
import type { OpenTypes } from './built-in/button';
import type { Privacy } from './state/privacy';
import type { TempFiles } from './state/temp-files';

interface OpenTypeContext {
  layer: HTMLElement;
  copy: Copy;
  privacy: Privacy;
  tempFiles: TempFiles;
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
export function openTypes({ layer, copy, privacy, tempFiles }: OpenTypeContext): OpenTypes {
  return {
    chooseAvatar: async (element) => {
      try {
        await privacy.authorize('button.chooseAvatar');
      } catch (error) {
        const errMsg = error instanceof Error ? `chooseAvatar:fail ${error.message}` : '';
        element.emit('error', { errMsg });
        return;
      }
      const avatar = await chooseAvatar(layer, copy);
      if (avatar !== undefined) {
        element.emit('chooseavatar', { avatarUrl: tempFiles.add(avatar) });
      }
    },
    agreePrivacyAuthorization: (element) => {
      privacy.tapped(element.component.id);
      element.emit('agreeprivacyauthorization');
      return Promise.resolve();
    },
  };
}
