/** One file of those that stand beside each other, for a function that somebody copies one into. */
import { RARE_FILE } from './lazy-modules';
import { SDK_FILE, type SdkFiles } from './sdk';

const decoder = new TextDecoder();

/**
 * What is rarely used stays text until then: a string costs the parser next to nothing.
 *
 * @param code that requires the SDK's file beside it
 */
export function singleFile(code: string, sdk: SdkFiles): string {
  const rare = JSON.stringify(decoder.decode(sdk[RARE_FILE]));
  return `var sdkFiles = {
"./${SDK_FILE}": (module, exports, require) => {${decoder.decode(sdk[SDK_FILE])}},
"./${RARE_FILE}": (...given) => new Function("module", "exports", "require", ${rare})(...given),
}, sdkLoaded = {};
require = ((given) => function load(name) {
  if (!sdkFiles[name]) return given(name);
  if (!sdkLoaded[name]) sdkFiles[name](sdkLoaded[name] = { exports: {} }, sdkLoaded[name].exports, load);
  return sdkLoaded[name].exports;
})(require);
${code}`;
}
