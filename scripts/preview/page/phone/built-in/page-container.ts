import type { BuiltIn } from './built-in';

/** https://developers.weixin.qq.com/miniprogram/dev/component/page-container.html */
export const pageContainer: BuiltIn = {
  properties: {
    show: Boolean,
    duration: { type: Number, value: 300 },
    zIndex: { type: Number, value: 100 },
    overlay: { type: Boolean, value: true },
    position: { type: String, value: 'bottom' },
    round: Boolean,
    closeOnSlideDown: Boolean,
    overlayStyle: String,
    customStyle: String,
  },
  update: (element) => {
    const { host } = element;
    const isShown = element.flag('show');
    const wasShown = host.dataset['shown'] !== undefined;
    host.style.display = isShown ? '' : 'none';
    host.style.zIndex = element.text('zIndex');
    if (isShown === wasShown) return;
    if (isShown) host.dataset['shown'] = '';
    else delete host.dataset['shown'];
    const names = isShown
      ? ['beforeenter', 'enter', 'afterenter']
      : ['beforeleave', 'leave', 'afterleave'];
    // Later: the page is in the middle of setting its data.
    queueMicrotask(() => {
      for (const name of names) element.emit(name);
    });
  },
};
