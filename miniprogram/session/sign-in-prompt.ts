/** Asking the person to sign in, at the moment something needs it. No `wx` in here: a sheet shows it. */

export interface SignInPrompt {
  readonly isOpen: boolean;
  /** Opens it. Resolves to whether the person signed in; everybody who asks meanwhile shares the answer. */
  ask(): Promise<boolean>;
  /** Closes it. */
  answer(signedIn: boolean): void;
  /** Calls the listener when it opens or closes. Returns how to stop. */
  onChange(listener: (isOpen: boolean) => void): () => void;
}

export function createSignInPrompt(): SignInPrompt {
  const listeners = new Set<(isOpen: boolean) => void>();
  let open: { answer: Promise<boolean>; resolve: (signedIn: boolean) => void } | undefined;

  function tell(): void {
    for (const listener of [...listeners]) listener(open !== undefined);
  }

  return {
    get isOpen() {
      return open !== undefined;
    },
    ask() {
      if (open !== undefined) return open.answer;
      let resolve: (signedIn: boolean) => void = () => undefined;
      const answer = new Promise<boolean>((settle) => {
        resolve = settle;
      });
      open = { answer, resolve };
      tell();
      return answer;
    },
    answer(signedIn) {
      const asked = open;
      open = undefined;
      asked?.resolve(signedIn);
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
