/**
 * WeChat's question whether the person accepts the mini program's privacy guide, before the first
 * API that needs it
 * (https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html).
 * What was accepted is remembered while the mini program runs.
 */
export interface PrivacyAnswer {
  event: 'exposureAuthorization' | 'agree' | 'disagree';
  /** Of the `<button open-type="agreePrivacyAuthorization">` that was tapped. */
  buttonId?: string;
}

type Resolve = (answer: PrivacyAnswer) => void;
export type PrivacyListener = (resolve: Resolve, info: { referrer: string }) => void;

export class Privacy {
  #accepted = false;
  #listener: PrivacyListener | undefined;
  #tappedButton: string | undefined;

  /**
   * @param enforced whether app.json says `__usePrivacyCheck__`
   * @param askByWechat WeChat's own dialog, for mini programs that do not listen
   */
  constructor(
    private readonly enforced: boolean,
    private readonly askByWechat: () => Promise<boolean>,
  ) {}

  get needed(): boolean {
    return this.enforced && !this.#accepted;
  }

  /** One listener: a later one takes its place. */
  listen(listener: PrivacyListener): void {
    this.#listener = listener;
  }

  /** The person tapped a button that accepts. */
  tapped(buttonId: string): void {
    this.#tappedButton = buttonId;
  }

  /** @throws when the person does not accept */
  async authorize(referrer: string): Promise<void> {
    if (!this.needed) return;
    const listener = this.#listener;
    this.#accepted =
      listener === undefined ? await this.askByWechat() : await this.ask(listener, referrer);
    if (!this.#accepted) throw new Error('privacy permission is not authorized');
  }

  private ask(listener: PrivacyListener, referrer: string): Promise<boolean> {
    return new Promise((settle) => {
      const resolve: Resolve = ({ event, buttonId }) => {
        if (event === 'exposureAuthorization') return;
        // A page cannot accept for the person: they must have tapped the button that it names.
        settle(event === 'agree' && buttonId !== undefined && buttonId === this.#tappedButton);
      };
      listener(resolve, { referrer });
    });
  }
}
