import { noteCardView } from '../../components/note-card/note-card-view';
import { sessionCardView } from '../../components/session-card/session-card-view';
import { currentCopy, nameTabs } from '../../i18n/current';
import { createNote, type Note } from '../../note/note';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { reachesOwnFunctions } from '../../settings/index';

const copy = currentCopy();

/** Not in the page's data, which is only for what it shows. */
const noteOf = new WeakMap<object, Note>();

Component({
  data: {
    copy: copy.home,
    view: sessionCardView(session.state, copy),
    note: noteCardView({ text: '' }, copy),
    hasNote: reachesOwnFunctions(),
  },
  lifetimes: {
    attached() {
      const note = createNote(session.call, (state) =>
        this.setData({ note: noteCardView(state, copy) }),
      );
      noteOf.set(this, note);
      follow(this, [session], () => {
        this.setData({ view: sessionCardView(session.state, copy, session.isOverdue()) });
        if (reachesOwnFunctions()) void note.follow(session.state);
      });
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      nameTabs(copy);
      void wx.setNavigationBarTitle({ title: copy.home.title });
    },
    onShow() {
      void session.refresh();
    },
    onSignIn() {
      void signInPrompt.ask();
    },
    onRefresh() {
      void session.check();
    },
    onSignOut() {
      void session.logout();
    },
    onWriteNote(event: { detail: { text: string } }) {
      noteOf.get(this)?.write(event.detail.text);
    },
    onSaveNote(event: { detail: { text: string } }) {
      void noteOf.get(this)?.save(event.detail.text);
    },
  },
});
