/** One phone in a frame of its own: `phone.html?phone=A&person=lin&platform=wechat&language=zh_CN&theme=light`. */
import type { MiniprogramBundle } from '../bundle';
import { readSurroundings, type PhoneEvent } from './messages';
import { localCloudReach, networkReach } from './local-cloud-reach';
import { DEVICES, isPersonId, isPhoneId, isPlatform, PEOPLE } from '../this-app/people';
import { Environment } from './phone/environment';
import { startPhone } from './phone/phone';
import { browserStore } from './browser-store';

const query = new URLSearchParams(location.search);
const asked = query.get('phone');
const phoneId = isPhoneId(asked) ? asked : 'A';
const askedPerson = query.get('person');
const personId = isPersonId(askedPerson) ? askedPerson : 'lin';
const askedPlatform = query.get('platform');
const platform = isPlatform(askedPlatform) ? askedPlatform : 'wechat';

const environment = new Environment(
  DEVICES[phoneId],
  query.get('language') === 'en' ? 'en' : 'zh_CN',
  query.get('theme') === 'dark' ? 'dark' : 'light',
);
environment.online = query.get('online') !== 'false';
environment.clockOffsetMs = Number(query.get('clock') ?? 0);

function tell(event: PhoneEvent['event']): void {
  parent.postMessage({ phone: phoneId, event } satisfies PhoneEvent, location.origin);
}

window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
  const surroundings = origin === location.origin ? readSurroundings(data) : undefined;
  if (surroundings) Object.assign(environment, surroundings);
});

async function main(): Promise<void> {
  const called = (): void => {
    tell('called');
  };
  const phone = startPhone({
    bundle: await loadBundle(),
    container: document.body,
    environment,
    store: browserStore(`phone:${phoneId}:${platform}:${personId}:`),
    cloud: localCloudReach(PEOPLE[personId], called),
    network: networkReach(PEOPLE[personId], platform, called),
    restart: () => {
      location.reload();
    },
  });
  const report = (where: string, error: unknown): void => {
    phone.errors.report(where, error);
  };
  window.addEventListener('unhandledrejection', ({ reason }) => {
    report('a promise', reason);
  });
  window.addEventListener('error', ({ error, message }) => {
    report('a script', error ?? message);
  });
  document.documentElement.lang = environment.language === 'en' ? 'en' : 'zh-CN';
  document.title = DEVICES[phoneId].model;
  tell('started');
}

async function loadBundle(): Promise<MiniprogramBundle> {
  // A variable keeps the bundler from looking for a file that only exists once a mini program is compiled.
  const url = platform === 'qq' ? './app-qq.js' : './app.js';
  const loaded: unknown = await import(url);
  if (!isBundleModule(loaded)) throw new Error(`${url} is not a compiled mini program`);
  return loaded.default;
}

function isBundleModule(value: unknown): value is { default: MiniprogramBundle } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

void main();
