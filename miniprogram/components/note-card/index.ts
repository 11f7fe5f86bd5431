import type { NoteCardView } from './note-card-view';

interface This {
  data: { view: NoteCardView; draft: string };
  setData(data: { draft: string }): void;
  triggerEvent(name: string, detail: { text: string }): void;
}

/**
 * A note that the person can edit. Shows what it is given and decides nothing.
 *
 * Events: `write` with `{ text }` at every change, `save` with `{ text }`, which is not sent while
 * `view.busy`.
 */
Component({
  properties: {
    // The first rendering comes before the page has set it.
    view: { type: Object, value: { title: '', text: '', placeholder: '' } },
  },
  data: { draft: '' },
  observers: {
    'view.text'(this: This, text: string) {
      this.setData({ draft: text });
    },
  },
  methods: {
    onInput(this: This, event: { detail: { value: string } }) {
      // Not through setData: the text is on the screen already, and writing it back would move the
      // cursor.
      this.data.draft = event.detail.value;
      this.triggerEvent('write', { text: event.detail.value });
    },
    onSaveTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('save', { text: this.data.draft });
    },
  },
});
