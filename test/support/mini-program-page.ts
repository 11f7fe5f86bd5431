/** What a person does with the mini program on a phone of the preview. */
import type { FrameLocator } from 'playwright-core';

/** Said of an expired or ended session over HTTP, where the reason is not told. */
export const UNTOLD = /^登录已失效，请重新登录。$/;

/** The text of what an author gave this class. */
export const textOf = (phone: FrameLocator, className: string): Promise<string> =>
  phone.locator(`.${className}:visible`).first().innerText();

export async function tap(phone: FrameLocator, className: string): Promise<void> {
  await phone.locator(`.${className}:visible`).first().click();
}

/** From the button to the signed-in state: reads nothing, agrees, signs in. */
export async function signIn(phone: FrameLocator): Promise<void> {
  await tap(phone, 'sign-in');
  await agreeAndSignIn(phone);
  await phone.locator('.sign-out:visible').waitFor();
}

/** In the sheet that is open. */
export async function agreeAndSignIn(phone: FrameLocator): Promise<void> {
  await tap(phone, 'agree');
  await tap(phone, 'sheet-sign-in');
}
