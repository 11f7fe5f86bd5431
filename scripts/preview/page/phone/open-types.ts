import { chooseAvatar } from './chrome/choose-avatar';
import type { OpenTypes } from './built-in/button';
import { givePhoneNumber, type PhoneNumberContext } from './phone-number';
import type { TempFiles } from './state/temp-files';

interface OpenTypeContext extends PhoneNumberContext {
  tempFiles: TempFiles;
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
export function openTypes(context: OpenTypeContext): OpenTypes {
  const { layer, copy, privacy, tempFiles } = context;
  return {
    getPhoneNumber: givePhoneNumber('getPhoneNumber', context),
    getRealtimePhoneNumber: givePhoneNumber('getRealtimePhoneNumber', context),
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
