import { readLiveState, type Build, type LiveState } from '../../bundle/build';

/** The browser gives up on a server that answers with anything but events. */
const RECONNECT_MS = 2000;

interface Followers {
  problems: (problems: LiveState['problems']) => void;
  build: (build: Build) => void;
  /** The preview itself is another one by now: its server was started again. */
  pagesChanged: () => void;
}

/**
 * Hears from the preview's server what there is to show, for as long as the page is in sight: a
 * browser has six connections for all tabs of a site. Coming back into sight it hears everything
 * that it missed.
 */
export class BuildFollower {
  #events: EventSource | undefined;
  #pages: string | undefined;
  #latest: Build | undefined;

  constructor(private readonly followers: Followers) {}

  /** `undefined` while nothing is known for sure. */
  get latest(): Build | undefined {
    return this.#latest;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#disconnect();
      else this.#connect();
    });
    if (!document.hidden) this.#connect();
  }

  #connect(): void {
    if (this.#events) return;
    const events = new EventSource('live');
    this.#events = events;
    events.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const state = readLiveState(JSON.parse(data));
      if (state) this.#heard(state);
    });
    events.addEventListener('error', () => {
      this.#latest = undefined;
      // By itself it connects again after a lost connection, not after a refused one.
      if (events.readyState !== EventSource.CLOSED || this.#events !== events) return;
      this.#events = undefined;
      setTimeout(() => {
        if (!document.hidden) this.#connect();
      }, RECONNECT_MS);
    });
  }

  #disconnect(): void {
    this.#events?.close();
    this.#events = undefined;
    this.#latest = undefined;
  }

  #heard({ pages, build, problems }: LiveState): void {
    if (this.#pages !== undefined && pages !== this.#pages) {
      this.followers.pagesChanged();
      return;
    }
    this.#pages = pages;
    this.#latest = build;
    this.followers.problems(problems);
    this.followers.build(build);
  }
}
