/**
 * WeChat's question whether the person accepts the privacy guide, until they answer. No `wx` in
 * here: a sheet asks.
 */
import { createListeners } from '../session/listeners';

/**
 * What `wx.onNeedPrivacyAuthorization` hands over; it has to be called once, or the API that asked
 * waits for ever.
 */
export type ResolvePrivacy = (answer: { event: 'agree' | 'disagree'; buttonId?: string }) => void;

export interface PrivacyPrompt {
  readonly isOpen: boolean;
  /** An API waits for the answer, with all others that do. */
  ask(resolve: ResolvePrivacy): void;
  /** @param buttonId of the `<button open-type="agreePrivacyAuthorization">` that was tapped */
  agree(buttonId: string): void;
  disagree(): void;
  /** Calls the listener when it opens or closes. Returns how to stop. */
  onChange(listener: (isOpen: boolean) => void): () => void;
}

export function createPrivacyPrompt(): PrivacyPrompt {
  const listeners = createListeners<boolean>();
  let waiting: readonly ResolvePrivacy[] = [];

  function tell(): void {
    listeners.tell(waiting.length > 0);
  }

  function answer(reply: Parameters<ResolvePrivacy>[0]): void {
    const asked = waiting;
    waiting = [];
    for (const resolve of asked) resolve(reply);
    tell();
  }

  return {
    get isOpen() {
      return waiting.length > 0;
    },
    ask(resolve) {
      waiting = [...waiting, resolve];
      tell();
    },
    agree: (buttonId) => answer({ event: 'agree', buttonId }),
    disagree: () => answer({ event: 'disagree' }),
    onChange: (listener) => listeners.add(listener),
  };
}
