import { legalPage } from '../../config';
import { currentCopy, showTabTexts } from '../../i18n/current';
import { profile } from '../../profile/index';
import { reachesOwnFunctions, session, signInPrompt } from '../../session/index';
import type { LogoutOutcome } from '../../session/session-client';
import { refusalMessage } from '../../session/session-messages';
import { mineView } from './mine-view';

const copy = currentCopy();
const stopListening = new WeakMap<object, () => void>();

Component({
  data: {
    copy: copy.mine,
    view: mineView(session.state, profile.state, copy),
    hasAccount: reachesOwnFunctions,
  },
  lifetimes: {
    attached() {
      const show = () => {
        const view = mineView(session.state, profile.state, copy, session.isOverdue());
        this.setData({ view });
      };
      const stops = [session.onChange(show), profile.onChange(show)];
      stopListening.set(this, () => stops.forEach((stop) => stop()));
      show();
    },
    detached() {
      stopListening.get(this)?.();
    },
  },
  methods: {
    onLoad() {
      showTabTexts(copy);
      void wx.setNavigationBarTitle({ title: copy.mine.tab });
    },
    onShow() {
      void session.refresh();
    },
    onProfileTap() {
      if (session.state.status === 'signedOut') void signInPrompt.ask();
      else if (reachesOwnFunctions) void wx.navigateTo({ url: '/pages/profile/index' });
    },
    onDevicesTap() {
      void wx.navigateTo({ url: '/pages/devices/index' });
    },
    onTermsTap() {
      void wx.navigateTo({ url: `${legalPage}?name=terms` });
    },
    onPrivacyTap() {
      void wx.navigateTo({ url: `${legalPage}?name=privacy` });
    },
    async onSignOutTap() {
      const choice = await chosen([copy.mine.signOutHere, copy.mine.signOutEverywhere]);
      if (choice === 0) await reportSignOut(session.logout());
      if (choice !== 1) return;
      const { everywhereTitle: title, everywhereText: content, confirm: confirmText } = copy.mine;
      if (await confirmed({ title, content, confirmText }))
        await reportSignOut(session.logout({ scope: 'everywhere' }));
    },
    async onDeleteTap() {
      const { deleteTitle: title, deleteText: content, deleteConfirm: confirmText } = copy.mine;
      if (!(await confirmed({ title, content, confirmText, confirmColor: '#FA5151' }))) return;
      const outcome = await session.call('account', { action: 'delete' });
      // They know that they did not sign in again, and so that nothing was deleted.
      if (!outcome.ok && outcome.code === 'SIGN_IN_DECLINED') return;
      if (outcome.ok) session.forget();
      const { deleted, failed } = copy.mine;
      await toast(outcome.ok ? deleted : refusalMessage(outcome, copy, failed));
    },
  },
});

async function confirmed(question: WechatMiniprogram.ShowModalOption): Promise<boolean> {
  const { confirm } = await wx.showModal({ ...question, cancelText: copy.mine.cancel });
  return confirm;
}

/** The place of what was chosen, or `undefined`. Closing the sheet rejects, which is no error. */
async function chosen(itemList: string[]): Promise<number | undefined> {
  try {
    return (await wx.showActionSheet({ itemList })).tapIndex;
  } catch {
    return undefined;
  }
}

async function reportSignOut(signedOut: Promise<LogoutOutcome>): Promise<void> {
  const outcome = await signedOut;
  const { signedOutHereOnly, signedOutLater, signedOutToast } = copy.mine;
  const done = outcome.ok && outcome.pending ? signedOutLater : signedOutToast;
  await toast(outcome.ok ? done : signedOutHereOnly);
}

async function toast(title: string): Promise<void> {
  await wx.showToast({ title, icon: 'none' });
}
