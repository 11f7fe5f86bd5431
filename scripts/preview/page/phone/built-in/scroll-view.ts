import type { BuiltIn } from './built-in';

const EDGE_PX = 50;

export const scrollView: BuiltIn = {
  properties: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: Number,
    scrollLeft: Number,
    scrollIntoView: String,
    scrollWithAnimation: Boolean,
    enhanced: Boolean,
    showScrollbar: { type: Boolean, value: true },
    upperThreshold: { type: Number, value: EDGE_PX },
    lowerThreshold: { type: Number, value: EDGE_PX },
    enableFlex: Boolean,
    type: { type: String, value: 'list' },
  },
  create: (element) => {
    const { host } = element;
    host.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = host;
      element.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth });
      if (scrollTop <= element.number('upperThreshold'))
        element.emit('scrolltoupper', { direction: 'top' });
      if (scrollHeight - clientHeight - scrollTop <= element.number('lowerThreshold')) {
        element.emit('scrolltolower', { direction: 'bottom' });
      }
    });
  },
  update: (element) => {
    const top = element.number('scrollTop');
    if (element.flag('scrollY') && top > 0) element.host.scrollTop = top;
    const id = element.text('scrollIntoView');
    const target = id === '' ? null : element.host.querySelector(`[id$="--${CSS.escape(id)}"]`);
    target?.scrollIntoView({ block: 'start' });
  },
};
