/** The sample page: a small shop that people enter by their phone. */
import {
  check,
  onChange,
  signInByPhone,
  signOut,
  token,
  type Place,
  type ShownCode,
  type WebSession,
} from '../index';
import { WORDS, type Language, type Word } from './words';

/** What the card shows, in any language. */
interface View {
  title: Word;
  message: Word;
  error?: string;
  code?: ShownCode;
  session?: WebSession;
  actions: [Word, () => unknown][];
}

let language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
let view: View = { title: 'asking', message: 'asking', actions: [] };
let leaving: AbortController | undefined;

const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
};
const say = (word: Word): string => WORDS[language][word];
const when = (time: number): string => new Date(time).toLocaleString(language);

function show(next: View): void {
  view = next;
  draw();
}

function draw(): void {
  const { code, session } = view;
  document.documentElement.lang = language;
  document.title = say('shop');
  document.querySelectorAll<HTMLElement>('[data-text]').forEach((element) => {
    element.textContent = say(element.dataset['text'] as Word);
  });
  find('language').textContent = say('language');
  find('title').textContent = say(view.title);
  find('message').textContent = say(view.message).replace('{error}', view.error ?? '');
  find('code').hidden = !code;
  find('qr').innerHTML = code?.qr ?? '';
  find('qr').ariaLabel = say('scan');
  find('user-code').textContent = code?.userCode ?? '';
  find('session').hidden = !session;
  if (session) {
    find('session-id').textContent = session.id.slice(0, 8);
    find('since').textContent = when(session.createdAt);
    find('until').textContent = when(session.expiresAt);
  }
  find('actions').replaceChildren(...view.actions.map(([word, act]) => button(word, act)));
  drawTimeLeft();
}

function button(word: Word, act: () => unknown): HTMLElement {
  const element = document.createElement('button');
  element.textContent = say(word);
  element.dataset['action'] = word;
  element.addEventListener('click', act);
  return element;
}

function drawTimeLeft(): void {
  const seconds = Math.max(0, Math.round(((view.code?.expiresAt ?? 0) - Date.now()) / 1_000));
  const time = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
  find('left').textContent = say('left').replace('{time}', time);
}

function start(place: Place): void {
  const signIn = (): void => void begin(place);
  const retry = (): void => void look(place);
  const welcome = (title: Word, message: Word, action: Word = 'signIn'): void => {
    show({ title, message, actions: [[action, signIn]] });
  };

  async function begin(here: Place): Promise<void> {
    leaving = new AbortController();
    const { signal } = leaving;
    const cancel = (): void => leaving?.abort();
    show({ title: 'scan', message: 'asking', actions: [['cancel', cancel]] });
    try {
      const outcome = await signInByPhone({
        ...here,
        signal,
        show: (code) => {
          show({ title: 'scan', message: 'scanMessage', code, actions: [['cancel', cancel]] });
        },
      });
      if (outcome.state === 'signed-in') await look(here);
      else if (outcome.state === 'denied') welcome('denied', 'deniedMessage', 'again');
      else if (outcome.state === 'expired') welcome('expired', 'expiredMessage', 'renew');
      else if (outcome.state === 'unreachable')
        welcome('unreachable', 'unreachableMessage', 'retry');
      else show({ title: 'refused', message: 'refusedMessage', error: outcome.error, actions: [] });
    } catch (error) {
      if (!signal.aborted) throw error;
      await look(here);
    } finally {
      leaving = undefined;
    }
  }

  async function leave(here: Place): Promise<void> {
    show({ title: 'asking', message: 'asking', actions: [] });
    const { confirmed } = await signOut(here);
    welcome('signedOutNow', confirmed ? 'confirmed' : 'unconfirmed');
  }

  async function look(here: Place): Promise<void> {
    const wasSignedIn = token(here) !== undefined;
    const shown = view;
    const outcome = await check(here);
    // It came late, and something else has been done meanwhile.
    if (view !== shown) return;
    if (outcome.state === 'signed-in') {
      const { session } = outcome;
      const actions: View['actions'] = [
        ['checkNow', retry],
        ['signOut', () => void leave(here)],
      ];
      show({ title: 'signedIn', message: 'signedInMessage', session, actions });
    } else if (outcome.state === 'unknown') {
      show({ title: 'unreachable', message: 'unknown', actions: [['retry', retry]] });
    } else if (wasSignedIn) welcome('ended', 'endedMessage', 'again');
    else welcome('signedOut', 'signedOutMessage');
  }

  /** Another tab may have signed in: a code has no use here any more. */
  const notice = (): void => {
    if (!leaving) retry();
    else if (token(place) !== undefined) leaving.abort();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && token(place) !== undefined) notice();
  });
  onChange(place, notice);
  retry();
}

find('language').addEventListener('click', () => {
  language = language === 'en' ? 'zh-CN' : 'en';
  draw();
});
setInterval(drawTimeLeft, 1_000);
draw();
fetch('config.json')
  .then((answer) => answer.json() as Promise<Place>)
  .then(start)
  .catch(() => {
    show({ title: 'unreachable', message: 'unreachableMessage', actions: [] });
  });
