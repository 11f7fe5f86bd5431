import { afterAll, afterEach, expect } from '@jest/globals';
import { eventually } from '../../../support/eventually';
import { browserTest, openPreview, type BrowserPreview } from '../../../support/browser';
import { removeMiniprograms } from '../../../support/miniprogram-folder';
import { writeTDesignMiniprogram } from '../../../support/tdesign';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());
afterAll(removeMiniprograms);

browserTest('a page on TDesign looks as its design has it, and works by hand', async () => {
  const miniprogramDir = writeTDesignMiniprogram({ swipes: true });
  preview = await openPreview({}, {}, { miniprogramDir });
  const phone = preview.phone('A');
  const styleOf = (selector: string, name: string): Promise<string> =>
    phone
      .locator(selector)
      .evaluate((element, key) => getComputedStyle(element).getPropertyValue(key), name);
  const boxOf = async (selector: string) => {
    const box = await phone.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not seen`);
    return box;
  };
  const screen = await boxOf('.screen');
  const out = phone.locator('.out');

  expect(await styleOf('wx-button.open', 'background-color')).toBe('rgb(0, 82, 217)');
  expect(await styleOf('wx-button.open', 'height')).toBe('48px');
  expect((await boxOf('wx-button.open')).width).toBeCloseTo(screen.width, 0);
  expect(await styleOf('wx-button.send', 'height')).toBe('40px');

  await phone.getByText('Agree').click();
  await phone.getByText('checked true').waitFor();
  await phone.locator('.field input').fill('Lin');
  await phone.locator('wx-button.send').click();
  await phone.getByText('{"who":"Lin"}').waitFor();

  await phone.locator('wx-button.ask').click();
  await phone.getByText('Yes', { exact: true }).click();
  await phone.getByText('It is for good.').waitFor({ state: 'hidden' });
  expect(await out.innerText()).toBe('yes');

  // It may come and go while this waits for the browser: the page itself looks for it.
  const saved = phone.locator('wx-page').evaluate(
    (page) =>
      new Promise<boolean>((resolve) => {
        const look = (): void => {
          const toast = page.querySelector('.t-toast');
          if (toast?.textContent.includes('Saved') === true && toast.getClientRects().length > 0)
            resolve(true);
        };
        new MutationObserver(look).observe(page, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
      }),
  );
  await phone.locator('wx-button.save').click();
  expect(await saved).toBe(true);
  await phone.getByText('Saved').waitFor({ state: 'hidden' });

  // A finger's way is followed by WXS.
  const cell = await boxOf('.swipe');
  const { mouse } = preview.page;
  await mouse.move(cell.x + 200, cell.y + cell.height / 2);
  await mouse.down();
  await mouse.move(cell.x + 150, cell.y + cell.height / 2, { steps: 5 });
  await mouse.up();
  await phone.getByText('Delete').click();
  await phone.getByText('swiped Delete').waitFor();

  await phone.locator('wx-button.open').click();
  await phone.getByText('In the popup').waitFor();
  await phone
    .locator('.t-popup')
    .evaluate((popup) => Promise.all(popup.getAnimations().map(({ finished }) => finished)));
  const popup = await boxOf('.t-popup');
  expect(popup.y + popup.height).toBeCloseTo(screen.y + screen.height, 0);
  expect(await styleOf('.t-overlay', 'background-color')).toBe('rgba(0, 0, 0, 0.6)');
  await phone.locator('.t-overlay').click({ position: { x: 20, y: 20 } });
  await phone.getByText('In the popup').waitFor({ state: 'hidden' });
  expect(await out.innerText()).toBe('popup false');
});

browserTest.each([
  { darkmode: true, background: 'rgb(24, 24, 24)', button: 'rgb(69, 130, 230)' },
  { darkmode: false, background: 'rgb(243, 243, 243)', button: 'rgb(0, 82, 217)' },
])('TDesign’s themes on a dark phone: $darkmode', async ({ darkmode, background, button }) => {
  preview = await openPreview({}, {}, { miniprogramDir: writeTDesignMiniprogram({ darkmode }) });
  const { page } = preview;
  const phone = preview.phone('A');
  const colorOf = (selector: string): Promise<string> =>
    phone.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
  await phone.locator('wx-button.open').waitFor();
  expect(await colorOf('wx-button.open')).toBe('rgb(0, 82, 217)');
  await page.emulateMedia({ colorScheme: 'dark' });
  try {
    await page.locator('html[data-theme="dark"]').waitFor();
    await phone.locator(`.screen[data-theme="${darkmode ? 'dark' : 'light'}"]`).waitFor();
    await eventually(async () => (await colorOf('wx-page')) === background);
    await eventually(async () => (await colorOf('wx-button.open')) === button);
  } finally {
    await page.emulateMedia({ colorScheme: 'light' });
  }
});
