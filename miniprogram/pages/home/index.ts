import { noteCardView } from '../../components/note-card/note-card-view';
import { sessionCardView } from '../../components/session-card/session-card-view';
import { currentCopy, showTabTexts } from '../../i18n/current';
import { createNote, type Note } from '../../note/note';
import { reachesOwnFunctions, session, signInPrompt } from '../../session/index';
import type { SessionState } from '../../session/session-state';

const copy = currentCopy();

/** What a page holds beside its data, which is only for what it shows. */
interface Held {
  note: Note;
  stopListening: () => void;
}
const heldBy = new WeakMap<object, Held>();

Component({
  data: {
    copy: copy.home,
    view: sessionCardView(session.state, copy),
    note: noteCardView({ text: '' }, copy),
    hasNote: reachesOwnFunctions,
  },
  lifetimes: {
    attached() {
      const note = createNote(session.call, (state) =>
        this.setData({ note: noteCardView(state, copy) }),
      );
      const show = (state: SessionState): void => {
        this.setData({ view: sessionCardView(state, copy, session.isOverdue()) });
        if (reachesOwnFunctions) void note.follow(state);
      };
      heldBy.set(this, { note, stopListening: session.onChange(show) });
      show(session.state);
    },
    detached() {
      heldBy.get(this)?.stopListening();
    },
  },
  methods: {
    onLoad() {
      showTabTexts(copy);
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
      heldBy.get(this)?.note.write(event.detail.text);
    },
    onSaveNote(event: { detail: { text: string } }) {
      void heldBy.get(this)?.note.save(event.detail.text);
    },
  },
});
