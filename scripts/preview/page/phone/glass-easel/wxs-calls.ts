/**
 * Functions of WXS that a template binds to an event or to a change of a property:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
 */
import { Element as WxElement, type GeneralComponent } from 'glass-easel';
import type { TemplateMaker } from '../../../bundle/bundle';
import { glassComponentOf } from './component-of';
import { descriptorOf, type RunCode } from './component-descriptor';

type WxsCalls = Pick<Parameters<TemplateMaker>[0], 'wxsExported' | 'wxsHeard' | 'wxsObserver'>;

export function wxsCalls(run: RunCode): WxsCalls {
  const functions = new WeakSet<object>();
  const nameOf = (host: GeneralComponent): string => `WXS of ${host.is}`;
  return {
    wxsExported(exports) {
      if (typeof exports !== 'object' || exports === null) return;
      for (const exported of Object.values(exports) as unknown[])
        if (typeof exported === 'function') functions.add(exported);
    },
    wxsHeard(caller, event, listener) {
      if (!functions.has(listener)) return listener.call(caller, event);
      const host = glassComponentOf(caller);
      const target: unknown = event.currentTarget;
      const node = target instanceof WxElement ? target : glassComponentOf(target);
      const instance = { value: descriptorOf(node, run) };
      const given: unknown = Object.create(event, { instance });
      const answer = run(
        nameOf(host),
        () => Reflect.apply(listener, undefined, [given, descriptorOf(host, run)]) as unknown,
      );
      // Of a method, what it answers means nothing.
      if (answer === false) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    wxsObserver: (observer) => (value, before, host, node) => {
      // As in WeChat, what has changed is on the page by then.
      queueMicrotask(() => {
        run(nameOf(host), () => {
          const around = [host, node].map((one) => descriptorOf(one, run));
          if (typeof observer === 'function')
            Reflect.apply(observer, undefined, [value, before, ...around]);
        });
      });
    },
  };
}
