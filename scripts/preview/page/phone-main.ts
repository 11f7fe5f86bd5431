/**
 * One phone in a frame of its own:
 * `phone.html?phone=A&person=lin&provider=wechat&language=zh_CN&theme=light`.
 */
import type { MiniprogramBundle } from '../bundle/bundle';
import { readSight, readSurroundings, type PhoneEvent } from './shared/messages';
import { localCloudReach, networkReach } from './local-cloud-reach';
import { bundleFile, entryFor } from '../app/preview-app';
import { DEVICES, isPhoneId } from './shared/devices';
import { Environment } from './phone/state/environment';
import { isPhoneNumberAnswer } from './phone/state/phone-number';
import { startPhone } from './phone/phone';
import { browserStore } from './browser-store';
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

window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
  const surroundings = origin === location.origin ? readSurroundings(data) : undefined;
  if (surroundings) Object.assign(environment, surroundings);
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
  const phone = startPhone({
    bundle: await loadBundle(),
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
  const url = `./${bundleFile(providerId, provider)}`;
  // eslint-disable-next-line no-restricted-syntax -- compiled later: the bundler must not look for it
  const loaded: unknown = await import(url);
  if (!isBundleModule(loaded)) throw new Error(`${url} is not a compiled mini program`);
  return loaded.default;
}

function isBundleModule(value: unknown): value is { default: MiniprogramBundle } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

void main();
