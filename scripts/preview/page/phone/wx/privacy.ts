import { showModal } from '../chrome/modal';
import type { Words } from '../chrome/words';
import type { ErrorLog } from '../state/error-log';
import type { Privacy, PrivacyListener } from '../state/privacy';
import { asyncApi, type Api } from './async-api';

interface PrivacyContext {
  privacy: Privacy;
  layer: HTMLElement;
  words: Words;
  errors: ErrorLog;
}

export function privacyApis({
  privacy,
  layer,
  words,
  errors,
}: PrivacyContext): Record<string, Api> {
  return {
    getPrivacySetting: asyncApi('getPrivacySetting', errors, () => ({
      needAuthorization: privacy.needed,
      privacyContractName: words.privacyContract,
    })),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
      privacy.listen(listener);
    },
    requirePrivacyAuthorize: asyncApi('requirePrivacyAuthorize', errors, () =>
      privacy.authorize('requirePrivacyAuthorize'),
    ),
    openPrivacyContract: asyncApi('openPrivacyContract', errors, async () => {
      await showModal(layer, {
        title: words.privacyContract,
        content: words.privacyContractText,
        confirmText: words.confirm,
        confirmColor: '',
        cancelColor: '',
      });
    }),
  };
}

/**
 * WeChat's own dialog.
 *
 * @returns whether the person accepted
 */
export function askForPrivacy(layer: HTMLElement, words: Words): Promise<boolean> {
  return showModal(layer, {
    title: words.privacyTitle,
    content: words.privacyQuestion,
    confirmText: words.agree,
    cancelText: words.refuse,
    confirmColor: '',
    cancelColor: '',
  });
}
