/**
 * An object whose missing members throw when they are read: code that needs an API which the
 * preview lacks must not carry on.
 */
export function onlyThese(name: string, members: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(members, {
    get: (target, key): unknown => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
      throw new Error(
        `${name}.${key} is not part of the preview: add it in scripts/preview/page/phone/wx, or use the WeChat developer tools`,
      );
    },
  });
}
