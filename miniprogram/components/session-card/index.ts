import type { SessionCardView } from './session-card-view';

/**
 * The state of the person's sign-in, and what they can do about it. Shows what it is given and
 * decides nothing.
 *
 * Events, without detail: `signin` (the person wants to sign in), `refresh`, `signout`. While
 * `view.busy` only `signout` is sent.
 */
Component({
  properties: {
    // The first rendering comes before the page has set it.
    view: { type: Object, value: { title: '', rows: [] } },
  },
  methods: {
    onMainTap(this: { data: { view: SessionCardView }; triggerEvent(name: string): void }) {
      if (this.data.view.busy) return;
      this.triggerEvent(this.data.view.signedIn ? 'refresh' : 'signin');
    },
    onSignOutTap(this: { triggerEvent(name: string): void }) {
      this.triggerEvent('signout');
    },
  },
});
