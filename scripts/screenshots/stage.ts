import type { FrameLocator, Page } from 'playwright-core';

/**
 * What a shot begins with: two phones on which nobody is signed in, and an empty cloud that works.
 */
export interface Stage {
  page: Page;
  /** The mini program on phone A, which a phone's shot shows. */
  a: FrameLocator;
  b: FrameLocator;
  takeDatabaseDown: () => Promise<void>;
  advanceClock: (ms: number) => Promise<void>;
  /** What comes of asking on phone A for the person's number, as the panel names it. */
  choosePhoneNumberAnswer: (answer: string) => Promise<void>;
}

export function stageOn(page: Page, cloudUrl: string): Stage {
  return {
    page,
    a: page.frameLocator(phoneFrame('A')),
    b: page.frameLocator(phoneFrame('B')),
    takeDatabaseDown: () => control(cloudUrl, { fault: { kind: 'databaseDown' } }),
    advanceClock: (advanceClockMs) => control(cloudUrl, { advanceClockMs }),
    async choosePhoneNumberAnswer(answer) {
      await page.locator('.phone-controls__number select').first().selectOption(answer);
    },
  };
}

export function phoneFrame(name: 'A' | 'B'): string {
  return `iframe[src*="phone=${name}"]`;
}

export function emptyCloud(cloudUrl: string): Promise<void> {
  return control(cloudUrl, { reset: true });
}

async function control(cloudUrl: string, body: object): Promise<void> {
  const response = await fetch(`${cloudUrl}/control`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the local cloud refused ${JSON.stringify(body)}`);
}
