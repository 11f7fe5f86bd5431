import { h } from '../shared/dom';
import type { ViewContext } from './view-context';

/** A person's name beside their colour; `fallback` when the openid belongs to none of them. */
export function personLabel(
  openid: string,
  { app, language }: ViewContext,
  fallback: string,
): HTMLElement {
  const people = Object.values(app.people);
  const index = people.findIndex(({ openids }) => Object.values(openids).includes(openid));
  return h(
    'span',
    {
      class: 'person',
      'data-person': index < 0 ? undefined : index + 1,
      title: openid === '' ? undefined : openid,
    },
    people[index]?.name[language] ?? fallback,
  );
}
