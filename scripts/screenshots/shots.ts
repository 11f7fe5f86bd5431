/** Every picture, taken in both themes and both languages. To show another state, add a line. */
import type { FrameLocator } from 'playwright-core';
import type { Stage } from './stage';

export interface Shot {
  /** Also the name of its files. */
  name: string;
  /** Phone A, or the whole preview page. */
  of: 'phone' | 'page';
  /** With all ways in; else with those that the project offers. */
  withAllWays?: true;
  /** Leads to the state, and waits until it is on the screen. */
  show: (stage: Stage) => Promise<void>;
}

export const TWO_PHONES = 'two-phones';

/** The phones in the READMEs. */
export const README_SHOTS: readonly string[] = [
  'home-replaced',
  'sign-in-sheet',
  'mine-profile',
  'mine-sign-out',
];

/** What is there only where people sign in by a phone number or with a password. */
const wayShots: readonly Pick<Shot, 'name' | 'show'>[] = [
  { name: 'ways-sheet', show: ({ a }) => openSheet(a) },
  {
    name: 'ways-sheet-password',
    async show({ a }) {
      await openSheet(a);
      await tap(a, 'sheet-more');
      await see(a, 'sheet-password');
    },
  },
  {
    name: 'ways-sheet-number',
    async show({ a }) {
      await askForNumber(a);
      await see(a, 'number-sheet');
    },
  },
  {
    name: 'ways-sheet-no-number',
    async show({ a, choosePhoneNumberAnswer }) {
      await choosePhoneNumberAnswer('noBalance');
      await askForNumber(a);
      await see(a, 'sheet-message');
    },
  },
  { name: 'security', show: security },
  {
    name: 'security-several',
    async show(stage) {
      await security(stage);
      await setPassword(stage.a, '小林', '图书馆周六上午十点见');
      await see(stage.a, 'way-name');
    },
  },
  {
    name: 'password',
    async show(stage) {
      await security(stage);
      await tap(stage.a, 'set-password');
      await see(stage.a, 'password-save');
    },
  },
  {
    name: 'password-refused',
    async show(stage) {
      await security(stage);
      await setPassword(stage.a, '小林', '12345678');
      await see(stage.a, 'password-message');
    },
  },
];

export const shots: readonly Shot[] = [
  { name: 'home-signed-out', of: 'phone', show: ({ a }) => see(a, 'sign-in') },
  { name: 'home-signed-in', of: 'phone', show: ({ a }) => signIn(a) },
  { name: 'home-replaced', of: 'phone', show: replaced },
  {
    name: 'home-database-down',
    of: 'phone',
    async show({ a, takeDatabaseDown }) {
      await signIn(a);
      await takeDatabaseDown();
      await tap(a, 'refresh');
      await see(a, 'message');
    },
  },
  { name: 'sign-in-sheet', of: 'phone', show: ({ a }) => openSheet(a) },
  {
    name: 'sign-in-sheet-failed',
    of: 'phone',
    async show({ a, takeDatabaseDown }) {
      await takeDatabaseDown();
      await openSheet(a);
      await tap(a, 'agree');
      await tap(a, 'sheet-sign-in');
      await see(a, 'sheet-message');
    },
  },
  {
    name: 'sign-in-again',
    of: 'phone',
    async show(stage) {
      await mineSignedIn(stage);
      await stage.advanceClock(11 * 60_000);
      await tap(stage.a, 'delete');
      await tap(stage.a, 'modal__button--confirm');
      await see(stage.a, 'sheet');
    },
  },
  {
    name: 'home-note-kept',
    of: 'phone',
    async show({ a, b }) {
      await signIn(a);
      await a.locator('.text textarea').fill('周六上午十点，图书馆');
      await signIn(b);
      await tap(a, 'refresh');
      await see(a, 'status');
    },
  },
  {
    name: 'home-note-replaces',
    of: 'phone',
    async show({ a, b }) {
      await signIn(b);
      await b.locator('.text textarea').fill('周六上午十点，图书馆');
      await tap(b, 'save');
      await see(b, 'status');
      await a.locator('.text textarea').fill('带上借书证');
      await tap(a, 'save');
      await tap(a, 'agree');
      await tap(a, 'sheet-sign-in');
      await a.locator('.status', { hasText: '周六' }).waitFor();
    },
  },
  { name: 'mine-signed-out', of: 'phone', show: ({ a }) => openMine(a) },
  { name: 'mine-signed-in', of: 'phone', show: mineSignedIn },
  { name: 'mine-sign-out', of: 'phone', show: fromMine('mine-sign-out', 'action-sheet') },
  { name: 'mine-delete-account', of: 'phone', show: fromMine('delete', 'modal') },
  { name: 'devices', of: 'phone', show: fromMine('devices', 'device') },
  { name: 'sites-none', of: 'phone', show: fromMine('sites', 'sites-empty') },
  { name: 'authorize-type', of: 'phone', show: fromMine('type-code', 'code-next') },
  { name: 'profile', of: 'phone', show: ({ a }) => openProfile(a) },
  { name: 'profile-chosen', of: 'phone', show: chosenProfile },
  {
    name: 'mine-profile',
    of: 'phone',
    async show(stage) {
      await chosenProfile(stage);
      await stage.a.locator('.navigation-bar__back').click();
      await see(stage.a, 'mine-sign-out');
    },
  },
  {
    name: 'privacy-sheet',
    of: 'phone',
    async show({ a }) {
      await openProfile(a);
      await tap(a, 'avatar-cell');
      await see(a, 'privacy-agree');
    },
  },
  { name: 'legal-terms', of: 'phone', show: ({ a }) => openLegal(a, 'mine-terms') },
  { name: 'legal-privacy', of: 'phone', show: ({ a }) => openLegal(a, 'mine-privacy') },
  { name: TWO_PHONES, of: 'page', show: replaced },
  ...wayShots.map((shot): Shot => ({ ...shot, of: 'phone', withAllWays: true })),
];

async function replaced({ a, b }: Stage): Promise<void> {
  await signIn(a);
  await signIn(b);
  await tap(a, 'refresh');
  await see(a, 'message');
}

async function openSheet(phone: FrameLocator): Promise<void> {
  await tap(phone, 'sign-in');
  await see(phone, 'sheet');
}

async function signIn(phone: FrameLocator): Promise<void> {
  await openSheet(phone);
  await tap(phone, 'agree');
  await tap(phone, 'sheet-sign-in');
  await see(phone, 'sign-out');
}

async function openMine(phone: FrameLocator): Promise<void> {
  await see(phone, 'sign-in');
  await phone.locator('.tab-bar__tab').nth(1).click();
  await see(phone, 'profile');
}

async function mineSignedIn({ a }: Stage): Promise<void> {
  await signIn(a);
  await a.locator('.tab-bar__tab').nth(1).click();
  await see(a, 'mine-sign-out');
}

/** What a tap on the page of the person who is signed in leads to. */
function fromMine(tapped: string, seen: string): Shot['show'] {
  return async (stage) => {
    await mineSignedIn(stage);
    await tap(stage.a, tapped);
    await see(stage.a, seen);
  };
}

async function openProfile(phone: FrameLocator): Promise<void> {
  await signIn(phone);
  await phone.locator('.tab-bar__tab').nth(1).click();
  await tap(phone, 'profile');
  await see(phone, 'nickname');
}

async function chosenProfile({ a }: Stage): Promise<void> {
  await openProfile(a);
  await tap(a, 'avatar-cell');
  await tap(a, 'privacy-agree');
  await tap(a, 'action-sheet__item');
  await see(a, 'picture');
  await a.locator('.nickname input').fill('小林');
  await tap(a, 'profile-save');
  await see(a, 'clear');
}

async function askForNumber(phone: FrameLocator): Promise<void> {
  await openSheet(phone);
  await tap(phone, 'agree');
  await tap(phone, 'sheet-phone');
  await tap(phone, 'privacy-agree');
}

/** 账号与安全 of a person who signed in by their phone number. */
async function security({ a }: Stage): Promise<void> {
  await askForNumber(a);
  await tap(a, 'number-sheet__button--allow');
  await see(a, 'sign-out');
  await a.locator('.tab-bar__tab').nth(1).click();
  await tap(a, 'security');
  await see(a, 'way-name');
}

async function setPassword(phone: FrameLocator, name: string, password: string): Promise<void> {
  await tap(phone, 'set-password');
  const fields = phone.locator('.password-form input');
  await fields.nth(0).fill(name);
  await fields.nth(1).fill(password);
  await tap(phone, 'password-save');
}

async function openLegal(phone: FrameLocator, link: string): Promise<void> {
  await openMine(phone);
  await tap(phone, link);
  await see(phone, 'section');
}

function tap(phone: FrameLocator, className: string): Promise<void> {
  return visible(phone, className).click();
}

function see(phone: FrameLocator, className: string): Promise<void> {
  return visible(phone, className).waitFor();
}

/** A page that another one covers keeps its elements. */
function visible(phone: FrameLocator, className: string) {
  return phone.locator(`.${className}`).filter({ visible: true }).first();
}
