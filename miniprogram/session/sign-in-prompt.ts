/**
 * Asking the person to sign in, at the moment something needs it. No `wx` in here: a sheet shows
 * it.
 */

import { createListeners } from './listeners';

/** `again`: they are signed in, and what they want to do needs a sign-in of a moment ago. */
export type SignInReason = 'needed' | 'again';

export interface SignInPrompt {
  readonly isOpen: boolean;
  /** Why it was opened. */
  readonly reason: SignInReason;
  /**
   * Opens it. Resolves to whether the person signed in; everybody who asks meanwhile shares the
   * answer. Resolves to `false` at once where no page could show it.
   */
  ask(reason?: SignInReason): Promise<boolean>;
  /** Closes it. */
  answer(signedIn: boolean): void;
  /** Calls the listener when it opens or closes. Returns how to stop. */
  onChange(listener: (isOpen: boolean) => void): () => void;
}

export function createSignInPrompt(): SignInPrompt {
  const listeners = createListeners<boolean>();
  let open: { answer: Promise<boolean>; resolve: (signedIn: boolean) => void } | undefined;
  let why: SignInReason = 'needed';

  function tell(): void {
    listeners.tell(open !== undefined);
  }

  function answer(signedIn: boolean): void {
    const asked = open;
    open = undefined;
    asked?.resolve(signedIn);
    tell();
  }

  return {
    get isOpen() {
      return open !== undefined;
    },
    get reason() {
      return why;
    },
    ask(reason = 'needed') {
      if (open !== undefined) return open.answer;
      if (listeners.count === 0) return Promise.resolve(false);
      why = reason;
      let resolve: (signedIn: boolean) => void = () => undefined;
      const answered = new Promise<boolean>((settle) => {
        resolve = settle;
      });
      open = { answer: answered, resolve };
      tell();
      return answered;
    },
    answer,
    onChange(listener) {
      const stop = listeners.add(listener);
      return () => {
        stop();
        // No page is left that could show it.
        if (listeners.count === 0 && open !== undefined) answer(false);
      };
    },
  };
}
