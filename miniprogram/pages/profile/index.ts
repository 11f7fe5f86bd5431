import { confirmed, report } from '../../dialogs/index';
import { currentCopy } from '../../i18n/current';
import { profile } from '../../profile/index';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { profileView } from './profile-view';

const copy = currentCopy();
/**
 * A name that was typed and not saved. It outlives a session that was ended from elsewhere or
 * expired.
 */
const typedBy = new WeakMap<object, string>();

Component({
  data: {
    copy: copy.profile,
    view: profileView({ status: 'loading' }, copy),
    /** Not part of `view`: setting it again would discard what the person has typed. */
    nickname: '',
  },
  lifetimes: {
    attached() {
      follow(this, [profile], () => {
        const view = profileView(profile.state, copy);
        const { state } = session;
        if (state.status === 'signedOut' && state.ended === undefined) typedBy.delete(this);
        const before = this.data.view;
        // The field is a new one once there is a profile to show again.
        const isNew = view.nickname !== before.nickname || view.status !== before.status;
        const nickname = typedBy.get(this) ?? view.nickname;
        this.setData(isNew ? { view, nickname } : { view });
      });
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: copy.profile.title });
    },
    onShow() {
      void session.refresh();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    onRetryTap() {
      void profile.reload();
    },
    async onChooseAvatar(event: { detail: { avatarUrl: string } }) {
      await report(profile.saveAvatar(event.detail.avatarUrl), copy.profile.saved);
    },
    onNickname(event: { detail: { value: string } }) {
      typedBy.set(this, event.detail.value);
    },
    /** A form has the text after WeChat has checked it; an `input` event may come before that. */
    async onSubmit(event: { detail: { value: { nickname: string } } }) {
      const { nickname } = event.detail.value;
      // What is saved is shown as it was kept.
      typedBy.delete(this);
      const saving = profile.saveNickname(nickname);
      if (!(await saving)) typedBy.set(this, nickname);
      await report(saving, copy.profile.saved);
    },
    async onClearTap() {
      const { clear: title, clearText: content, clearConfirm: confirmText } = copy.profile;
      if (!(await confirmed({ title, content, confirmText }))) return;
      typedBy.delete(this);
      await report(profile.clear(), copy.profile.cleared);
    },
  },
});
