/**
 * One phone in a frame of its own:
 * `phone.html?phone=A&person=lin&provider=wechat&language=zh_CN&theme=light`.
 */
import type { LoadedBundle } from '../bundle/bundle';
import { BUNDLE_GLOBAL } from '../bundle/bundle-global';
import { readOffer, readSight, readSurroundings, type PhoneEvent } from './shared/messages';
import { localCloudReach, networkReach } from './local-cloud-reach';
import { bundleFile, entryFor } from '../app/preview-app';
import { DEVICES, isPhoneId } from './shared/devices';
import { Environment } from './phone/state/environment';
import { isPhoneNumberAnswer } from './phone/state/phone-number';
import { startPhone, type Phone } from './phone/phone';
import { RunningBuild } from './running-build';
import { browserStore } from './browser-store';
import { keepPages, takeKeptPages } from './kept-pages';
import { shownApp } from './settings';

const { app } = await shownApp();
const query = new URLSearchParams(location.search);
const asked = query.get('phone');
const phoneId = isPhoneId(asked) ? asked : 'A';
const [personId, person] = entryFor(app.people, query.get('person'));
const [providerId, provider] = entryFor(app.providers, query.get('provider'));

const environment = new Environment(
  DEVICES[phoneId],
  query.get('language') === 'en' ? 'en' : 'zh_CN',
  query.get('theme') === 'dark' ? 'dark' : 'light',
);
environment.online = query.get('online') !== 'false';
const answer = query.get('number');
if (isPhoneNumberAnswer(answer)) environment.phoneNumberAnswer = answer;
environment.clockOffsetMs = Number(query.get('clock') ?? 0);

function tell(event: PhoneEvent['event']): void {
  parent.postMessage({ phone: phoneId, event } satisfies PhoneEvent, location.origin);
}

let phone: Phone | undefined;
const wantedPages = takeKeptPages(phoneId);
/** A page that this build can't open may come back with the next, if nobody has gone elsewhere. */
let wantsMore = false;
const runningBuild = new RunningBuild(document.head, () => {
  const pages = phone?.stack.pages.map(({ url }) => url) ?? [];
  keepPages(phoneId, wantsMore || !phone ? wantedPages : pages);
  tell('outdated');
});

window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
  if (origin !== location.origin) return;
  const surroundings = readSurroundings(data);
  if (surroundings) Object.assign(environment, surroundings);
  const offer = readOffer(data);
  if (offer) void runningBuild.compare(offer.build);
});

/** The panel has the web page, and says what is to be seen of it. */
function look(): Promise<ImageData | undefined> {
  return new Promise((resolve) => {
    const hear = ({ origin, data }: MessageEvent<unknown>): void => {
      const sight = origin === location.origin ? readSight(data) : undefined;
      if (sight === undefined) return;
      window.removeEventListener('message', hear);
      resolve(sight.picture);
    };
    window.addEventListener('message', hear);
    tell('looks');
  });
}

async function main(): Promise<void> {
  const called = (): void => {
    tell('called');
  };
  const { build, css, ...bundle } = await loadBundle();
  runningBuild.begin(build, css);
  const started = startPhone({
    bundle,
    container: document.body,
    environment,
    store: browserStore(`${app.storage}${phoneId}:${providerId}:${personId}:`),
    cloud: localCloudReach(
      { openid: person.openids.wechat, appid: app.providers.wechat.appid },
      called,
    ),
    network: networkReach(
      { openid: person.openids[providerId] ?? '', appid: provider.appid },
      called,
    ),
    phoneNumbers: person.phoneNumbers,
    camera: look,
    pages: wantedPages,
    restart: () => {
      location.reload();
    },
  });
  phone = started;
  wantsMore = started.stack.pages.length < wantedPages.length;
  started.stack.changed.add(() => {
    wantsMore = false;
  });
  const report = (where: string, error: unknown): void => {
    started.errors.report(where, error);
  };
  window.addEventListener('unhandledrejection', (event) => {
    report('a promise', event.reason);
    // The browser would print it a second time, and always as an error.
    event.preventDefault();
  });
  window.addEventListener('error', ({ error, message }) => {
    report('a script', error ?? message);
  });
  document.documentElement.lang = environment.language === 'en' ? 'en' : 'zh-CN';
  document.title = DEVICES[phoneId].model;
  tell('started');
}

/** Not as a module: its scripts need not be strict. */
async function loadBundle(): Promise<LoadedBundle> {
  const script = document.createElement('script');
  script.src = bundleFile(providerId, provider);
  await new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => {
      resolve();
    });
    script.addEventListener('error', () => {
      reject(new Error(`${script.src} does not load`));
    });
    document.head.append(script);
  });
  const bundle: unknown = Reflect.get(window, BUNDLE_GLOBAL);
  Reflect.deleteProperty(window, BUNDLE_GLOBAL);
  if (!isBundle(bundle)) throw new Error(`${script.src} is not a compiled mini program`);
  return bundle;
}

function isBundle(value: unknown): value is LoadedBundle {
  return typeof value === 'object' && value !== null && 'modules' in value && 'build' in value;
}

main().catch((error: unknown) => {
  // The next build may start.
  runningBuild.failed();
  throw error;
});
