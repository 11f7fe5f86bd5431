import type { Device } from '../../cloudfunctions/shared/session/contract';

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
  return { name: name.slice(0, MAX_NAME_LENGTH), platform: platform.slice(0, MAX_PLATFORM_LENGTH) };
}
