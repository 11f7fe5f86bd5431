import { h } from '../dom';
import { isPersonId, PEOPLE, type PersonId } from '../../this-app/people';
import type { PanelLanguage } from './texts';

export function personOf(openid: string): PersonId | undefined {
  return Object.keys(PEOPLE)
    .filter(isPersonId)
    .find((id) => Object.values(PEOPLE[id].openids).includes(openid));
}

/** A person's name beside their colour. */
export function personLabel(
  openid: string,
  language: PanelLanguage,
  fallback: string,
): HTMLElement {
  const person = personOf(openid);
  return h(
    'span',
    { class: 'person', 'data-person': person, title: openid === '' ? undefined : openid },
    person === undefined ? fallback : PEOPLE[person].name[language],
  );
}
