import { signInMethods } from '../../config';
import { phoneCodeFrom, type PhoneProblem } from '../../components/sign-in-sheet/phone-code';
import { confirmed, toast } from '../../dialogs/index';
import { createWaysIn, type ChangeOutcome, type WaysIn } from '../../identity/ways-in';
import { fill } from '../../i18n/index';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { explainChange, securityView } from './security-view';

const copy = currentCopy();
const { security } = copy;

const phoneProblems: Record<PhoneProblem, string> = {
  declined: security.phoneDeclined,
  unavailable: security.phoneUnavailable,
  failed: security.phoneFailed,
};

/** Not in the page's data, which is only for what it shows. */
const waysOf = new WeakMap<object, WaysIn>();

Component({
  data: {
    copy: security,
    view: securityView({ status: 'loading' }, session.state, copy, signInMethods),
    /** Why the last change was not made; empty when there is nothing to say. */
    message: '',
  },
  lifetimes: {
    attached() {
      const ways = createWaysIn(session, (state) =>
        this.setData({ view: securityView(state, session.state, copy, signInMethods) }),
      );
      this.setData({ view: securityView(ways.state, session.state, copy, signInMethods) });
      waysOf.set(this, ways);
      follow(this, [session], () => void ways.follow(session.state));
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: security.title });
    },
    async onShow() {
      await session.refresh();
      // Something may have been changed on the page of the password, or on another phone.
      const ways = waysOf.get(this);
      if (ways?.state.status === 'loaded') await ways.reload();
    },
    onRetryTap() {
      void waysOf.get(this)?.reload();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    async onPhoneNumber(event: { detail: object }) {
      const number = phoneCodeFrom(event.detail);
      if ('problem' in number) this.setData({ message: phoneProblems[number.problem] });
      else await this.change((ways) => ways.linkPhone(number.code), security.linked);
    },
    async onLinkWeChatTap() {
      await this.change((ways) => ways.linkWeChat(), security.linked);
    },
    onPasswordTap() {
      void wx.navigateTo({ url: '/pages/password/index' });
    },
    async onUnlinkTap(event: { currentTarget: { dataset: { id: string } } }) {
      const { ways, busy } = this.data.view;
      const way = ways.find(({ id }) => id === event.currentTarget.dataset.id);
      if (way === undefined || busy) return;
      const text = way.current ? security.unlinkCurrentText : security.unlinkText;
      const content = fill(text, { way: way.name });
      const question = { title: security.unlink, content, confirmText: security.unlink };
      if (!(await confirmed({ ...question, confirmColor: '#FA5151' }))) return;
      await this.change((known) => known.unlink(way.id), security.unlinked);
    },
    async change(run: (ways: WaysIn) => Promise<ChangeOutcome>, done: string) {
      const ways = waysOf.get(this);
      if (ways === undefined) return;
      this.setData({ message: '' });
      const outcome = await run(ways);
      if (outcome === undefined) return;
      this.setData({ message: explainChange(outcome, copy) });
      if (!outcome.ok) return;
      await toast(session.state.status === 'signedOut' ? security.unlinkedHere : done);
    },
  },
});
