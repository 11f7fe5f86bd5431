import type { LiveState } from '../../bundle/build';
import { h } from '../shared/dom';
import type { Copy } from './copy';

/** Why the phones do not show what was written last. It goes by itself. */
export class ProblemsView {
  readonly element = h('section', { class: 'problems', role: 'alert', hidden: true });

  #shown = '[]';

  constructor(private readonly copy: Copy) {}

  show(problems: LiveState['problems']): void {
    const { copy } = this;
    const text = JSON.stringify(problems);
    // What is the same is not read out again.
    if (text === this.#shown) return;
    this.#shown = text;
    this.element.hidden = problems.length === 0;
    this.element.replaceChildren(
      h('h2', { class: 'problems__title' }, copy.buildFailed(problems.length)),
      h(
        'ol',
        { class: 'problems__list' },
        ...problems.map(({ file, line, column, message }) =>
          h(
            'li',
            { class: 'problem' },
            h(
              'code',
              { class: 'problem__place' },
              [file, line, column].filter((part) => part !== undefined).join(':'),
            ),
            h('p', { class: 'problem__message' }, message),
          ),
        ),
      ),
      h('p', { class: 'problems__note' }, copy.lastGoodBuild),
    );
  }
}
