/** Asking the person to sign in, at the moment something needs it. No `wx` in here: a sheet shows it. */

/** `again`: they are signed in, and what they want to do needs a sign-in of a moment ago. */
export type SignInReason = 'needed' | 'again';

export interface SignInPrompt {
  readonly isOpen: boolean;
  /** Why it was opened. */
  readonly reason: SignInReason;
  /**
   * Opens it. Resolves to whether the person signed in; everybody who asks meanwhile shares the answer. Where nobody could show it,
   * nobody is asked.
   */
  ask(reason?: SignInReason): Promise<boolean>;
  /** Closes it. */
  answer(signedIn: boolean): void;
  /** Calls the listener when it opens or closes. Returns how to stop. */
  onChange(listener: (isOpen: boolean) => void): () => void;
}

export function createSignInPrompt(): SignInPrompt {
  const listeners = new Set<(isOpen: boolean) => void>();
  let open: { answer: Promise<boolean>; resolve: (signedIn: boolean) => void } | undefined;
  let why: SignInReason = 'needed';

  function tell(): void {
    for (const listener of [...listeners]) listener(open !== undefined);
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
      if (listeners.size === 0) return Promise.resolve(false);
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
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        // Nobody is left who could show it, or be told the answer.
        if (listeners.size === 0 && open !== undefined) answer(false);
      };
    },
  };
}
