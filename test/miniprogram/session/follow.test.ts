import { expect, test } from '@jest/globals';
import { follow, unfollow } from '../../../miniprogram/session/follow';
import { createListeners } from '../../../miniprogram/session/listeners';

/** Something that tells of its changes. */
function source() {
  const listeners = createListeners<string>();
  return { listeners, onChange: (listener: () => void) => listeners.add(listener) };
}

test('a page shows at once what it follows, and anew after each change of any source', () => {
  const [session, profile] = [source(), source()];
  let shown = 0;
  follow({}, [session, profile], () => (shown += 1));
  session.listeners.tell('changed');
  profile.listeners.tell('changed');
  expect(shown).toBe(3);
});

test('a page that is gone follows nothing any more, and another one still does', () => {
  const session = source();
  const [page, other] = [{}, {}];
  const shown: string[] = [];
  follow(page, [session], () => shown.push('page'));
  follow(page, [session], () => shown.push('its sheet'));
  follow(other, [session], () => shown.push('other'));
  unfollow(page);
  shown.length = 0;
  session.listeners.tell('changed');
  expect(shown).toEqual(['other']);
  expect(session.listeners.count).toBe(1);
});
