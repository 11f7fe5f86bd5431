import { showModal } from '../chrome/modal';
import type { Copy } from '../chrome/copy';
import type { ErrorLog } from '../state/error-log';
import type { Privacy, PrivacyListener } from '../state/privacy';
import { asyncApi, type Api } from './async-api';

interface PrivacyContext {
  privacy: Privacy;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
}

export function privacyApis({ privacy, layer, copy, errors }: PrivacyContext): Record<string, Api> {
  return {
    getPrivacySetting: asyncApi('getPrivacySetting', errors, () => ({
      needAuthorization: privacy.needed,
      privacyContractName: copy.privacyContract,
    })),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
      privacy.listen(listener);
    },
    requirePrivacyAuthorize: asyncApi('requirePrivacyAuthorize', errors, () =>
      privacy.authorize('requirePrivacyAuthorize'),
    ),
    openPrivacyContract: asyncApi('openPrivacyContract', errors, async () => {
      await showModal(layer, {
        title: copy.privacyContract,
        content: copy.privacyContractText,
        confirmText: copy.confirm,
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
export function askForPrivacy(layer: HTMLElement, copy: Copy): Promise<boolean> {
  return showModal(layer, {
    title: copy.privacyTitle,
    content: copy.privacyQuestion,
    confirmText: copy.agree,
    cancelText: copy.refuse,
    confirmColor: '',
    cancelColor: '',
  }).then(({ confirmed }) => confirmed);
}
