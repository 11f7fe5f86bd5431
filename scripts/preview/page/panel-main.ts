/** Two phones side by side and, between them, what the cloud sees. */
import { h } from './shared/dom';
import { readPhoneEvent } from './shared/messages';
import { cloud } from './panel/cloud-client';
import { BuildFollower } from './panel/build-follower';
import { fitPhones } from './panel/fit-phones';
import { Panel } from './panel/panel';
import { WebScreen } from './panel/web-screen';
import { PhoneColumn } from './panel/phone-column';
import { ProblemsView } from './panel/problems-view';
import { preferences } from './panel/preferences';
import { COPY } from './panel/copy';
import { shownApp } from './settings';
import { TimeTexts } from './panel/time-text';

const REFRESH_MS = 1000;

const { app, asksForPhoneNumbers } = await shownApp();
let clockOffsetMs = 0;
const now = (): number => Date.now() + clockOffsetMs;
const { language } = preferences;
const copy = COPY[language];

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = app.title[language];
document.documentElement.dataset['theme'] = preferences.theme;

const surroundings = () => ({ theme: preferences.theme, clockOffsetMs });
const setting = { app, language, copy, asksForPhoneNumbers, surroundings };
const phoneA = new PhoneColumn('A', setting);
const phoneB = new PhoneColumn('B', setting);
const phones = [phoneA, phoneB];
const webScreen = app.hasWebPage ? new WebScreen(copy) : undefined;

const problems = new ProblemsView(copy);
const builds = new BuildFollower({
  problems: (found) => {
    problems.show(found);
  },
  build: (build) => {
    for (const phone of phones) phone.offer(build);
  },
  pagesChanged: () => {
    location.reload();
  },
});

const panel = new Panel(
  { app, copy, language, now, times: new TimeTexts(language, now) },
  [problems.element, webScreen?.element],
  {
    status: (status) => {
      if (status.clockOffsetMs === clockOffsetMs) return;
      clockOffsetMs = status.clockOffsetMs;
      for (const phone of phones) phone.inform();
    },
    languageChosen: () => {
      location.reload();
    },
    themeChosen: showTheme,
    reset: () => void reset(),
  },
);

function showTheme(): void {
  document.documentElement.dataset['theme'] = preferences.theme;
  for (const phone of phones) phone.inform();
}

async function reset(): Promise<void> {
  await cloud.reset();
  preferences.forgetPhones(app.storage);
  panel.clear();
  await panel.refresh();
  for (const phone of phones) phone.restart();
  webScreen?.restart();
}

window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
  const event = origin === location.origin ? readPhoneEvent(data) : undefined;
  if (event === undefined) return;
  const phone = event.phone === 'A' ? phoneA : phoneB;
  if (event.event === 'started') {
    phone.inform();
    if (builds.latest) phone.offer(builds.latest);
  }
  if (event.event === 'outdated') phone.restart();
  if (event.event === 'looks') {
    // What could not be drawn is not seen: the camera looks again.
    const seen = webScreen?.picture().catch(() => undefined) ?? Promise.resolve(undefined);
    void seen.then((picture) => {
      phone.show({ picture });
    });
  }
  if (event.event === 'called') void panel.refresh();
});
preferences.onSystemTheme(showTheme);

document.body.append(h('div', { class: 'layout' }, phoneA.element, panel.element, phoneB.element));
fitPhones(document.documentElement, phoneA.controlsHeight);
setInterval(() => {
  panel.tick();
  if (!document.hidden) void panel.refresh();
}, REFRESH_MS);
void panel.refresh();
builds.start();
