const PHONE = { width: 395, height: 740 };
/** What is around a phone and the controls above it. */
const AROUND_HEIGHT = 56;
const PANEL_MIN_WIDTH = 430;
const GAPS_WIDTH = 96;
const SMALLEST = 0.6;

/**
 * Keeps `--phone-scale` such that both phones and the panel fit the window; never larger than life.
 *
 * @param controlsHeight of the controls above each phone, in pixels
 */
export function fitPhones(root: HTMLElement, controlsHeight: number): void {
  const fit = (): void => {
    const byHeight = (window.innerHeight - AROUND_HEIGHT - controlsHeight) / PHONE.height;
    const byWidth = (window.innerWidth - PANEL_MIN_WIDTH - GAPS_WIDTH) / 2 / PHONE.width;
    const scale = Math.max(SMALLEST, Math.min(1, byHeight, byWidth));
    root.style.setProperty('--phone-scale', scale.toFixed(4));
  };
  fit();
  window.addEventListener('resize', fit);
}
