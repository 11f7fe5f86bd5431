import type { Device } from '#functions/session-contract';

/** What the login function accepts at most. */
const MAX_NAME_LENGTH = 64;
const MAX_PLATFORM_LENGTH = 32;

/** A device as its owner would recognise it in a list. */
export function readDevice({
  brand,
  model,
  platform,
}: Record<'brand' | 'model' | 'platform', string>): Device {
  // `model` is "iPhone 15 Pro<iPhone16,1>" on iOS, and the bare model code on much of Android.
  const marketingName = model.replace(/<.*>$/, '').trim();
  const branded = marketingName.toLowerCase().startsWith(brand.toLowerCase())
    ? marketingName
    : `${brand} ${marketingName}`;
  const name = brand.toLowerCase() === 'devtools' || platform === 'ios' ? marketingName : branded;
  return { name: cut(name, MAX_NAME_LENGTH), platform: cut(platform, MAX_PLATFORM_LENGTH) };
}

/** At most so many UTF-16 code units, and no half of a pair. */
function cut(text: string, maxLength: number): string {
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1));
  return text.slice(0, isSplit ? maxLength - 1 : maxLength);
}
