import { toast } from '../../dialogs/index';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session } from '../../session/index';
import { after } from '../../session/timer';
import { createApproval, type Approval } from '../../web-sign-in/approval';
import { scanUserCode } from '../../web-sign-in/scan';
import { readUserCode, userCodeFromQuery } from '../../web-sign-in/user-code';
import { authorizeView } from './authorize-view';

const copy = currentCopy();

/** Not in the page's data, which is only for what it shows. */
const approvalOf = new WeakMap<object, Approval>();

/**
 * A person decides here whether a web page is signed in as them. Opened with `code`, by a mini
 * program code (`scene`) or a plain link (`q`); without any, the code is typed.
 */
Component({
  data: {
    copy: copy.authorize,
    view: authorizeView({ status: 'typing', wrong: false }, copy, 0),
  },
  lifetimes: {
    attached() {
      const approval = createApproval(
        session,
        (state) => this.setData({ view: authorizeView(state, copy, Date.now()) }),
        after,
      );
      approvalOf.set(this, approval);
      follow(this, [session], () => void approval.follow(session.state));
    },
    detached() {
      unfollow(this);
      approvalOf.get(this)?.close();
    },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      void wx.setNavigationBarTitle({ title: copy.authorize.title });
      const code = userCodeFromQuery(query);
      const isNamed = [query['code'], query['scene'], query['q']].some(Boolean);
      void approvalOf.get(this)?.open(code, isNamed && code === undefined);
      if (query['failed'] !== undefined) void toast(copy.mine.scanFailed);
    },
    async onShow() {
      await session.refresh();
      await approvalOf.get(this)?.look();
    },
    onSubmit(event: { detail: { value: { code: string } } }) {
      const code = readUserCode(event.detail.value.code);
      void approvalOf.get(this)?.open(code, code === undefined);
    },
    async onScanTap() {
      const scanned = await scanUserCode();
      if (scanned === 'foreign') await toast(copy.mine.scanForeign);
      else if (scanned === 'failed') await toast(copy.mine.scanFailed);
      else if (scanned !== 'cancelled') await approvalOf.get(this)?.open(scanned.code);
    },
    onReloadTap() {
      void approvalOf.get(this)?.reload();
    },
    onAgainTap() {
      void approvalOf.get(this)?.open(undefined);
    },
    onApproveTap() {
      void approvalOf.get(this)?.answer('approve');
    },
    onDenyTap() {
      void approvalOf.get(this)?.answer('deny');
    },
    onSitesTap() {
      void wx.navigateTo({ url: '/pages/sites/index' });
    },
    onDoneTap() {
      // Opened by a code from outside, there is no page below.
      if (getCurrentPages().length > 1) void wx.navigateBack();
      else void wx.switchTab({ url: '/pages/mine/index' });
    },
  },
});
