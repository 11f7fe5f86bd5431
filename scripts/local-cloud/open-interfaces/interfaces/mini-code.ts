/**
 * `wxacode.*`: codes that open a page. WeChat draws its own round codes for the first two; here all
 * are QR codes, which anything can read: `pages/index/index?scene=SCENE`, or the path.
 */
import { isFields } from '../../bson/fields';
import { WeChatError, type OpenCall, type OpenInterface } from '../open-interface';
import { drawQrCode, type Colour } from '../qr-picture';

/** The characters that WeChat allows, without `%`. */
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const ENV_VERSIONS: readonly unknown[] = [undefined, 'release', 'trial', 'develop'];

/** In pixels; other widths become the nearest of these. */
const WIDTHS = { min: 280, max: 1280, usual: 430 };

export const getUnlimited: OpenInterface = {
  answer(call) {
    const { scene, page = '', env_version: version } = call.args;
    if (typeof scene !== 'string' || !SCENE.test(scene)) {
      throw new WeChatError(40169, 'invalid length for scene, or the data is not json string');
    }
    if (typeof page !== 'string' || page.startsWith('/') || page.includes('?')) {
      throw new WeChatError(41030, 'invalid page');
    }
    if (!ENV_VERSIONS.includes(version)) throw new WeChatError(40097, 'invalid args');
    return draw(call, `${page}?scene=${encodeURIComponent(scene)}`);
  },
};

export const get = codeOfPath(1024);
export const createQrCode = codeOfPath(128);

function codeOfPath(maxLength: number): OpenInterface {
  return {
    answer(call) {
      const { path } = call.args;
      if (typeof path !== 'string' || path === '' || path.length > maxLength) {
        throw new WeChatError(40159, 'invalid length for path, or the data is not json string');
      }
      return draw(call, path);
    },
  };
}

function draw({ args }: OpenCall, text: string) {
  const { width = WIDTHS.usual, line_color: colour, is_hyaline: isTransparent } = args;
  if (typeof width !== 'number') throw new WeChatError(47001, 'data format error');
  return drawQrCode(text, {
    width: Math.min(Math.max(Math.round(width), WIDTHS.min), WIDTHS.max),
    colour: colourOf(colour),
    isTransparent: isTransparent === true,
  });
}

/** WeChat takes the parts as numbers or as texts. */
function colourOf(value: unknown): Colour {
  const { r, g, b } = isFields(value) ? value : {};
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((part) => Number(part ?? 0) & 0xff);
  return [red, green, blue];
}
