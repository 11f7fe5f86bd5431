/** A QR code as a picture. */
import { PNG } from 'pngjs';
import encodeQR from 'qr';
import { Picture } from './open-interface';

/** Red, green and blue, each 0 to 255. */
export type Colour = readonly [number, number, number];

export interface QrStyle {
  /** In pixels. */
  width: number;
  colour: Colour;
  isTransparent: boolean;
}

/** The quiet zone that readers need, in modules. */
const BORDER = 4;

export function drawQrCode(text: string, { width, colour, isTransparent }: QrStyle): Picture {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER });
  const size = rows.length;
  const png = new PNG({ width, height: width });
  png.data.fill(Buffer.from([255, 255, 255, isTransparent ? 0 : 255]));
  const dark = Buffer.from([...colour, 255]);
  // Whole pixels a module: the rest is margin.
  const scale = Math.max(Math.floor(width / size), 1);
  const margin = Math.floor((width - size * scale) / 2);
  rows.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (!isDark) return;
      for (let line = 0; line < scale; line++) {
        const start = ((margin + y * scale + line) * width + margin + x * scale) * 4;
        png.data.fill(dark, start, start + scale * 4);
      }
    });
  });
  // No filter, and repetitions of any length: there are no shades, but every line comes again.
  return new Picture('image/png', PNG.sync.write(png, { filterType: 0, deflateStrategy: 0 }));
}
