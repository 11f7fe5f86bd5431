import type { Contract } from '#functions/contract';
import { legalPage, signInMethods, webSignIn } from '../../config';
import { chosen, confirmed, toast } from '../../dialogs/index';
import { currentCopy, nameTabs } from '../../i18n/current';
import { profile } from '../../profile/index';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { reachesOwnFunctions } from '../../settings/index';
import type { LogoutOutcome } from '../../session/session-client';
import { explainRefusal } from '../../session/explain';
import { scanUserCode } from '../../web-sign-in/scan';
import { mineView } from './mine-view';

declare module '../../session/functions' {
  interface Functions {
    account: Contract['account'];
  }
}

const copy = currentCopy();

Component({
  data: {
    copy: copy.mine,
    view: mineView(session.state, profile.state, copy),
    hasAccount: reachesOwnFunctions(),
    hasWebSignIn: reachesOwnFunctions() && webSignIn,
    hasSecurity: reachesOwnFunctions() && signInMethods.length > 1,
  },
  lifetimes: {
    attached() {
      follow(this, [session, profile], () => {
        const view = mineView(session.state, profile.state, copy, session.isOverdue());
        this.setData({ view });
      });
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      nameTabs(copy);
      void wx.setNavigationBarTitle({ title: copy.mine.tab });
    },
    onShow() {
      void session.refresh();
    },
    onProfileTap() {
      if (session.state.status === 'signedOut') void signInPrompt.ask();
      else if (reachesOwnFunctions()) void wx.navigateTo({ url: '/pages/profile/index' });
    },
    onSecurityTap() {
      void wx.navigateTo({ url: '/pages/security/index' });
    },
    async onScanTap() {
      const scanned = await scanUserCode();
      if (scanned === 'cancelled') return;
      if (scanned === 'foreign') await toast(copy.mine.scanForeign);
      else if (scanned === 'failed')
        await wx.navigateTo({ url: '/pages/authorize/index?failed=1' });
      else await wx.navigateTo({ url: `/pages/authorize/index?code=${scanned.code}` });
    },
    onTypeTap() {
      void wx.navigateTo({ url: '/pages/authorize/index' });
    },
    onSitesTap() {
      void wx.navigateTo({ url: '/pages/sites/index' });
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
      const { everywhereTitle: title, everywhereText: content } = copy.mine;
      if (await confirmed({ title, content }))
        await reportSignOut(session.logout({ scope: 'everywhere' }));
    },
    async onDeleteTap() {
      const { deleteTitle: title, deleteText: content, deleteConfirm: confirmText } = copy.mine;
      if (!(await confirmed({ title, content, confirmText, confirmColor: '#FA5151' }))) return;
      const outcome = await session.call('account', { action: 'delete' });
      // They declined to sign in again, so they know that nothing was deleted.
      if (!outcome.ok && outcome.code === 'SIGN_IN_DECLINED') return;
      if (outcome.ok) session.forget();
      const { deleted, failed } = copy.mine;
      await toast(outcome.ok ? deleted : explainRefusal(outcome, copy, failed));
    },
  },
});

async function reportSignOut(signedOut: Promise<LogoutOutcome>): Promise<void> {
  const outcome = await signedOut;
  const { signedOutHereOnly, signedOutLater, signedOutToast } = copy.mine;
  const done = outcome.ok && outcome.pending ? signedOutLater : signedOutToast;
  await toast(outcome.ok ? done : signedOutHereOnly);
}
