import { showModal } from './chrome/modal';
import { chooseAvatar } from './chrome/choose-avatar';
import type { Share } from './chrome/share';
import type { BuiltInElement } from './built-in/element';
import type { OpenTypes } from './built-in/button';
import { givePhoneNumber, type PhoneNumberContext } from './phone-number';
import type { Permissions } from './state/permissions';
import type { TempFiles } from './state/temp-files';
import { unknownPerson } from './wx/person';
import { openSetting } from './wx/settings';

interface OpenTypeContext extends PhoneNumberContext {
  tempFiles: TempFiles;
  permissions: Permissions;
  share: Share;
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
export function openTypes(context: OpenTypeContext): OpenTypes {
  const { layer, copy, privacy, tempFiles, permissions, share } = context;
  /** What WeChat opens there has nothing of the mini program in it: it is named. */
  const opening =
    (openType: string) =>
    async (element: BuiltInElement): Promise<void> => {
      await showModal(layer, {
        title: '',
        content: copy.opens(copy.openTypes[openType] ?? openType),
        confirmText: copy.confirm,
        confirmColor: '',
        cancelColor: '',
      });
      element.emit(openType.toLowerCase(), { errMsg: `${openType}:ok`, path: '', query: {} });
    };
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
    getUserInfo: (element) => {
      element.emit('getuserinfo', { errMsg: 'getUserInfo:ok', ...unknownPerson(copy) });
      return Promise.resolve();
    },
    share: async ({ component }) => {
      const { id, dataset } = component;
      await share({ from: 'button', target: { id, dataset } });
    },
    openSetting: async (element) => {
      const authSetting = await openSetting({ permissions, layer, copy });
      element.emit('opensetting', { errMsg: 'openSetting:ok', authSetting });
    },
    contact: opening('contact'),
    feedback: opening('feedback'),
    launchApp: opening('launchApp'),
  };
}
